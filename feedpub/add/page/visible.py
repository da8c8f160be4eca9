"""What a page shows of its date and its authors, where its metadata says nothing of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from ...text.characters import one_line

# Lines below the title; a dateline stands among the first, and further down dates are of others.
_LINES_BELOW_TITLE = 12
# Characters; a dateline is short, a sentence that happens to name a day is not.
_LONGEST_DATELINE = 120
_NOT_SHOWN = ["script", "style", "template", "noscript", "nav", "svg", "head"]
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = (
    rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}"
)
_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m\b\.?)?(?:\s*(?:[A-Z]{2,5}|Z|[+-]\d\d:?\d\d)\b)?"
_DATE = re.compile(
    rf"\b(?P<day>{_DAY})(?:(?:\s*(?:,|at|-|–|\||·)?\s*|T)(?P<time>{_TIME}))?", re.IGNORECASE
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_CHANGED = re.compile(r"\b(?:updated|modified|edited|corrected)\b", re.IGNORECASE)
_BYLINE = re.compile(r"by\s+(?P<names>\S.{2,80})", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_a-zß-ÿ][\w.’'-]*(?:\s+[\w.’'-]+){1,4}")
_BETWEEN_NAMES = re.compile(r"\s*(?:,|;|&|\band\b)\s*")


_LABEL = re.compile(
    r"(?:first\s+)?(?:published|posted|written|updated)?(?:\s+on)?\W*", re.IGNORECASE
)


def is_dateline(line: str) -> bool:
    """Whether a line says nothing but when an article was published, or by whom it is."""
    label = _LABEL.match(line)
    date = _DATE.match(line, label.end() if label else 0)
    if date:
        return not line[date.end() :].strip(" .|·–-")
    byline = _BYLINE.fullmatch(line)
    return byline is not None and all(map(_NAME.fullmatch, _BETWEEN_NAMES.split(byline["names"])))


class VisibleText:
    """The lines that a page shows below its title."""

    def __init__(self, html: str, title: str) -> None:
        self._tree = LexborHTMLParser(html)
        self._lines = tuple(_below(self._tree, title))

    def dates(self) -> Iterator[str]:
        """What may be the date of publication, the likeliest first."""
        for element in self._tree.css("article time[datetime], main time[datetime]"):
            yield element.attributes.get("datetime") or ""
        for line in self._lines:
            found = _DATE.search(line) if len(line) <= _LONGEST_DATELINE else None
            if found and not _CHANGED.search(line[: found.start()]):
                day = _ORDINAL.sub("", found["day"])
                yield f"{day} {found['time']}" if found["time"] else day

    def authors(self) -> tuple[str, ...]:
        """The names in a link of type `author` or in a line such as "By Ada Lovelace"."""
        links = (one_line(link.text(deep=True)) for link in self._tree.css("[rel~=author i]"))
        if names := tuple(dict.fromkeys(filter(_NAME.fullmatch, links))):
            return names
        for line in self._lines:
            byline = _BYLINE.fullmatch(line)
            names = tuple(_BETWEEN_NAMES.split(byline["names"])) if byline else ()
            if names and all(map(_NAME.fullmatch, names)):
                return names
        return ()


def _below(tree: LexborHTMLParser, title: str) -> Iterator[str]:
    if tree.body is None or not title:
        return
    tree.strip_tags(_NOT_SHOWN)
    lines = [one_line(line) for line in tree.body.text(deep=True, separator="\n").split("\n")]
    shown = [line for line in lines if line]
    start = next((n for n, line in enumerate(shown, 1) if line == title), len(shown))
    yield from shown[start : start + _LINES_BELOW_TITLE]
