"""What one line in the head of a pasted article states: an address, a date, who wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from ..errors import DateError
from ..model import Day, Metadata, Person
from ..parsing.dates import read_date
from ..settings import Site
from ..text.urls import absolute, is_web

# People in one byline; more words between commas are a sentence.
_MAX_AUTHORS = 6

_ADDRESS = re.compile(
    r"(?:(?:source|url|link|via|from|original|permalink|read at|seen at)\s*:?\s*)?"
    r"<?((?:https?://|www\.)[^\s<>]+)>?",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:written|posted|published|reported|story|words|text)\s+)?"
    r"(?:by|von|por|par|di|door|av)\s*:?\s+(?P<names>\S.*)",
    re.IGNORECASE,
)
_AUTHOR_FIELD = re.compile(
    r"(?:authors?|autore?|auteur|autor|writer)\s*:\s*(?P<names>\S.*)", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:,\s*(?:and|und|et)\s|\s(?:and|und|et|y|e|en|og|&)\s|[,;])\s*")
# A part of a name, or a particle between two; no digits, and no word in lower case.
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")
_PARTICLES = frozenset(
    "van von der den de del della di da dos du la le el al bin ibn ben af av ter ten y e zu".split()
)
# Words that begin a sentence or a title after "by", and are no given name.
_NO_NAMES = frozenset(
    "the a an this that these those its his her their our my your monday tuesday wednesday thursday"
    " friday saturday sunday january february march april may june july august september october"
    " november december today tomorrow then now all any default way and or law night".split()
)
_ROLES = re.compile(
    r"(?:(?:senior|chief|staff|contributing|guest|political|foreign|special|science|business"
    r"|associated|managing|deputy)\s+)*"
    r"(?:writer|reporter|correspondent|editor|columnist|contributor|author|journalist|press"
    r"|editor-in-chief)\b.*",
    re.IGNORECASE,
)

_STATED_DATE = re.compile(
    r"(?:(?P<updated>(?:last\s+)?(?:updated|modified|edited|revised)|aktualisiert|mis à jour"
    r"|actualizado)"
    r"|(?P<published>(?:first\s+|originally\s+)?(?:published|posted|created|issued|date|dated"
    r"|publié|publicado|veröffentlicht)))"
    r"\s*(?:on|at|am|le|el)?\s*[:,]?\s*(?P<date>\S.*)",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY_IN_TEXT = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    r"|\d{4}-\d\d-\d\d)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
# What may stand around a day: a weekday, a time of day with its zone, small words.
_AROUND_DAY = re.compile(
    r"(?:\b(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|\b\d{1,2}(?:[:.]\d\d){0,2}\s*(?i:[ap]\.?m\.?)?"
    r"|\b[A-Z]{2,5}\b|\bat\b|\bon\b|[\s,.|@()+-])*"
)
_CLOCK = re.compile(r"\d[:.]\d\d|\d\s*[ap]\.?m\b", re.IGNORECASE)
_READING_TIME = re.compile(
    r"(?:(?:estimated )?reading time\s*:?\s*)?(?:about |~)?\d+[\s-]*min(?:ute)?s?"
    r"(?:\s+(?:read|to read|reading))?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+[|•·/–—-]\s+|\s*[|•·]\s*|\t+")


class FactKind(StrEnum):
    """What a part of a line is about; the report names a line that was read by it."""

    ADDRESS = "address"
    BYLINE = "byline"
    DATE = "date"
    BARE_DATE = "date-alone"
    READING_TIME = "reading-time"


@dataclass(frozen=True, slots=True)
class HeadFact:
    """What one part of a line states; `metadata` is empty where it is of no use."""

    kind: FactKind
    metadata: Metadata = field(default_factory=Metadata)


def head_facts(text: str, site: Site) -> tuple[HeadFact, ...]:
    """What the line `text` states, part by part; empty where a part of it is not understood.

    Dates without a zone are in that of `site`.
    """
    whole = _fact(text, site)
    parts = (whole,) if whole else tuple(_fact(part, site) for part in _SEPARATOR.split(text))
    understood = tuple(part for part in parts if part is not None)
    return understood if len(understood) == len(parts) else ()


def _fact(text: str, site: Site) -> HeadFact | None:
    text = text.strip(" ,")
    if link := stated_address(text):
        return HeadFact(FactKind.ADDRESS, Metadata(link=link))
    if _READING_TIME.fullmatch(text):
        return HeadFact(FactKind.READING_TIME)
    if dated := _dated(text, site):
        return dated
    return _byline(text, site)


def stated_address(text: str) -> str | None:
    """The absolute web address that is all of `text`, but for a word such as \"Source:\"."""
    match = _ADDRESS.fullmatch(text.strip())
    if match is None:
        return None
    written = match[1] if "://" in match[1] else f"https://{match[1]}"
    url = absolute("", written)
    return url if url and is_web(url) else None


def _dated(text: str, site: Site) -> HeadFact | None:
    stated = _STATED_DATE.fullmatch(text)
    when = _read_day(stated["date"] if stated else text, site)
    if when is None:
        return None
    if stated and stated["updated"]:
        return HeadFact(FactKind.DATE, Metadata(updated=when))
    kind = FactKind.DATE if stated or isinstance(when, datetime) else FactKind.BARE_DATE
    return HeadFact(kind, Metadata(published=when))


def _read_day(text: str, site: Site) -> datetime | Day | None:
    """The moment or the day that `text` states; None where it is no date or could mean several."""
    plain = _ORDINAL.sub("", text)
    if not re.search(r"\b\d{4}\b", plain):
        return None
    try:
        return read_date(plain, zone=site.zone, date_order=site.date_order)
    except DateError:
        # A time in a zone that means several, such as ET: the day is stated all the same.
        return _only_day(text, site)


def _only_day(text: str, site: Site) -> datetime | Day | None:
    days = list(_DAY_IN_TEXT.finditer(text))
    if len(days) != 1:
        return None
    around = text[: days[0].start()], text[days[0].end() :]
    for each in around:
        has_other_numbers = any(map(str.isdigit, each)) and not _CLOCK.search(each)
        if has_other_numbers or not _AROUND_DAY.fullmatch(each):
            return None
    try:
        return read_date(_ORDINAL.sub("", days[0][0]), zone=site.zone, date_order=site.date_order)
    except DateError:
        return None


def _byline(text: str, site: Site) -> HeadFact | None:
    match = _BY.fullmatch(text) or _AUTHOR_FIELD.fullmatch(text)
    if match is None:
        return None
    names, dated = match["names"], None
    if day := _DAY_IN_TEXT.search(names):
        # "By Ada Example, May 1, 2019": the date begins after the names.
        dated = _dated(names[day.start() :].strip(" ,"), site)
        names = re.sub(r"[\s,(]+(?:on)?[\s,(]*$", "", names[: day.start()], flags=re.IGNORECASE)
        if dated is None:
            return None
    authors = _people(names, is_field=match.re is _AUTHOR_FIELD)
    if not authors:
        return None
    metadata = Metadata(authors=authors)
    if dated is not None:
        metadata = replace(
            metadata, published=dated.metadata.published, updated=dated.metadata.updated
        )
    return HeadFact(FactKind.BYLINE, metadata)


def _people(text: str, *, is_field: bool) -> tuple[Person, ...]:
    """The people that a byline names; empty where a part of it is no name and no role."""
    people = []
    parts = [part.strip() for part in _AND.split(text) if part.strip()]
    for index, part in enumerate(parts):
        if index and _ROLES.fullmatch(part):
            continue
        if not _is_name(part, single_word=is_field):
            return ()
        people.append(Person(name=part))
    return tuple(dict.fromkeys(people)) if len(people) <= _MAX_AUTHORS else ()


def _is_name(text: str, *, single_word: bool) -> bool:
    words = text.split()
    if not (1 if single_word else 2) <= len(words) <= 5:
        return False
    if any(word.casefold().strip(".") in _NO_NAMES for word in words):
        return False
    return (
        all(
            _NAME_WORD.fullmatch(word) and (word[0].isupper() or word in _PARTICLES)
            for word in words
        )
        and words[-1][0].isupper()
    )
