"""Takes lines such as `Published 2 May 2019` and `Tags: sea` from above the text of a page."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from functools import partial

from selectolax.lexbor import LexborNode

from ...errors import DateError
from ...model import Day
from ...parsing.dates import read_date
from ...settings import DateOrder
from ...text.characters import one_line

_LINES = "p, div, ul, ol, dl, li, time, span, small"
# Characters. A longer paragraph is text, and with it the text has begun.
_MAX_LENGTH = 100
# Lines. More are a list, and no head.
_MAX_LINES = 6
_BETWEEN = re.compile(r"\s*[·•|–—]\s*")
_DATE = re.compile(
    r"(?P<what>(?:first |originally )?published|posted|(?:last )?(?:updated|modified))"
    r"(?: on)?:?\s+(?P<date>.*\d{4}.*)",
    re.IGNORECASE,
)
_READING_TIME = re.compile(
    r"(?:estimated )?read(?:ing)? time:?\s+.{1,30}|\d+\s*min(?:ute)?s?(?:\s+read)?\.?",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"(?:tags|tagged(?: with| in)?|filed under|topics):?\s+(?P<tags>.+)", re.IGNORECASE
)
_IS_FIRST = re.compile("publ|post", re.IGNORECASE)
_SENTENCE_END = tuple(".!?…")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadLines:
    """What the lines state; empty where there is none."""

    published: datetime | Day | None = None
    updated: datetime | Day | None = None
    tags: tuple[str, ...] = field(default=())


def take_head_lines(
    content: LexborNode, *, zone: tzinfo, date_order: DateOrder | None
) -> HeadLines:
    """Removes such lines from above the text in `content`, and gives what they state.

    A line with anything else in it stays. Dates without a zone are in `zone`; `date_order` is that
    of `read_date`.
    """
    read = partial(read_date, zone=zone, date_order=date_order)
    found = HeadLines()
    for _ in range(_MAX_LINES):
        # What is below a line that was removed is gone too, so that each round looks anew.
        line = _next_line(content, found, read)
        if line is None:
            break
        node, found = line
        node.decompose()
    return found


_ReadDate = Callable[[str], datetime | Day]


def _next_line(
    content: LexborNode, found: HeadLines, read: _ReadDate
) -> tuple[LexborNode, HeadLines] | None:
    """The first line that states metadata, and `found` with what it states."""
    for node in content.css(_LINES):
        text = one_line(node.text(deep=True, separator=" "))
        is_short = len(text) <= _MAX_LENGTH
        if is_short and text and (said := _read_line(node, text, found, read)):
            return node, said
        if node.tag == "p" and (not is_short or text.endswith(_SENTENCE_END)):
            return None
    return None


def _read_line(node: LexborNode, text: str, found: HeadLines, read: _ReadDate) -> HeadLines | None:
    if tags := _TAGS.fullmatch(text):
        links = [one_line(link.text(deep=True)) for link in node.css("a")]
        names = links or re.split(r"\s*[,·•|]\s*", tags["tags"])
        return replace(found, tags=found.tags or tuple(dict.fromkeys(filter(None, names))))
    times = [each.attributes.get("datetime") or "" for each in node.css("time[datetime]")]
    for part in _BETWEEN.split(text):
        if _READING_TIME.fullmatch(part):
            continue
        date = _DATE.fullmatch(part)
        texts = [*(times if len(times) == 1 else ()), date["date"].rstrip(".")] if date else []
        when = next(_readable(texts, read), None)
        if date is None or when is None:
            return None
        if _IS_FIRST.search(date["what"]):
            found = replace(found, published=found.published or when)
        else:
            found = replace(found, updated=found.updated or when)
    return found


def _readable(texts: Iterable[str], read: _ReadDate) -> Iterator[datetime | Day]:
    for text in texts:
        with contextlib.suppress(DateError):
            yield read(text)
