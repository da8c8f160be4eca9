"""The report of a build as JSON, for a program."""

from __future__ import annotations

from dataclasses import asdict

from ..errors import Severity, with_severity
from .build_result import BuildResult, Outcome, unknown_keys


def build_json(result: BuildResult) -> dict[str, object]:
    """All that a build has done, or would do."""
    build, written = result.build, result.written
    decision = build.state.decision
    return {
        "dry_run": result.outcome is Outcome.PLANNED,
        "refused": result.outcome is Outcome.REFUSED,
        "published": len(decision.published),
        "new": decision.new,
        "changed": decision.changed,
        "renamed": decision.renamed,
        "held_back": [
            {"path": each.path, "until": each.until, "draft": each.until is None}
            for each in decision.held_back
        ],
        "expired": decision.expired,
        "withdrawn": decision.withdrawn,
        "gone": decision.gone,
        "left_out": with_severity(build.diagnostics, Severity.ERROR),
        "warnings": with_severity(build.diagnostics, Severity.WARNING),
        "notes": with_severity(build.diagnostics, Severity.NOTE),
        "passed_over": unknown_keys(build),
        "cut": [
            {"path": article.path, **asdict(cut)}
            for article in build.state.articles
            for cut in article.cuts
        ],
        "feeds": [
            {
                "title": feed.channel.title,
                "id": feed.channel.id,
                "updated": feed.channel.updated,
                "entries": len(feed.entries),
            }
            for feed in build.feeds
        ],
        "written": written.written,
        "unchanged": written.unchanged,
    }
