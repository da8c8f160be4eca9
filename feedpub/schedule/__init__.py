"""What runs `feedpub publish` while nobody looks: cron, systemd, GitHub Actions, GitLab CI."""
