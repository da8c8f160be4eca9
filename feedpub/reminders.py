"""Which problems of a run under cron are reported: new ones, unchanged ones daily, solved ones."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .files import replace_file
from .parsing.dates import in_utc

REMINDERS_FILE = Path(".feedpub", "problems.json")
"""Where it is remembered, below the folder of config.toml; never committed to git."""

REPORT_AGAIN = timedelta(days=1)
"""cron mails whatever a run prints: of a problem that stays, once a day is enough."""


@dataclass(frozen=True, slots=True)
class Reminders:
    """The problems that were reported, by their sentences, and when each was last, in UTC."""

    reported: Mapping[str, datetime]

    def is_due(self, problem: str, now: datetime) -> bool:
        """Whether `problem` has to be reported: it is new, or was reported a day ago or more."""
        last = self.reported.get(problem)
        # A clock that was put back must not keep a problem silent for longer.
        return last is None or not last <= now < last + REPORT_AGAIN

    def solved(self, problems: Collection[str]) -> tuple[str, ...]:
        """What was reported and is not among the `problems` of a run any more."""
        return tuple(each for each in self.reported if each not in problems)

    def after(self, problems: Collection[str], now: datetime) -> Reminders:
        """What is remembered when a run with these `problems` has reported what was due."""
        return Reminders(
            {each: now if self.is_due(each, now) else self.reported[each] for each in problems}
        )


def read_reminders(root: Path) -> Reminders:
    """Those of the folder `root`; none where the file is missing or can't be read."""
    try:
        stored = json.loads((root / REMINDERS_FILE).read_text(encoding="utf-8"))
        reported = {str(key): datetime.fromisoformat(value) for key, value in stored.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return Reminders({})
    return Reminders({key: each.astimezone(UTC) for key, each in reported.items()})


def write_reminders(root: Path, reminders: Reminders) -> None:
    """Writes the file, or removes it where there is nothing to remember; raises OSError."""
    if not reminders.reported:
        (root / REMINDERS_FILE).unlink(missing_ok=True)
        return
    stored = {key: in_utc(each) for key, each in reminders.reported.items()}
    content = json.dumps(stored, ensure_ascii=False, indent=0).encode(errors="backslashreplace")
    replace_file(root / REMINDERS_FILE, content + b"\n")
