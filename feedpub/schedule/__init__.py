"""Runs `feedpub publish` at fixed times: cron, systemd timers, GitHub Actions, GitLab CI."""
