"""Files that feedpub generates for a schedule, known again by their first line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import Diagnostic, ScheduleError
from ..files import file_diagnostic, replace_file


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedFile:
    """A file at `path` for the folder of `config`, the path of its config.toml.

    What stands there without `header` was written by somebody else, and is never changed or
    removed. Every method may raise ScheduleError.
    """

    path: Path
    config: str

    @property
    def header(self) -> str:
        """The first line of the file."""
        return f"# Written by `feedpub schedule` for {self.config}"

    def read(self) -> str:
        """The text of the file, empty where there is none or somebody else wrote it."""
        try:
            text = self.path.read_bytes().decode("utf-8", "surrogateescape")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise ScheduleError(file_diagnostic(self.path, "read", error)) from None
        return text if text.split("\n", 1)[0] == self.header else ""

    def write(self, text: str) -> bool:
        """Writes `text`, which begins with the header; False if it stands there already."""
        old = self.read()
        if old == text:
            return False
        if not old and self.path.exists():
            raise ScheduleError(
                Diagnostic(
                    code="file-exists",
                    place=str(self.path),
                    problem="is there already, and was not written by feedpub for this folder",
                    remedy="It is left as it is; add to it what the command prints without "
                    "--install.",
                )
            )
        try:
            replace_file(self.path, text.encode("utf-8", "surrogateescape"))
        except OSError as error:
            raise ScheduleError(file_diagnostic(self.path, "written", error)) from None
        return True

    def remove(self) -> bool:
        """Removes the file; False if there is none that feedpub wrote."""
        if not self.read():
            return False
        try:
            self.path.unlink()
        except OSError as error:
            raise ScheduleError(file_diagnostic(self.path, "removed", error)) from None
        return True
