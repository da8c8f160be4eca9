"""Reads what stands above the text of a paste: address, byline, date, and the curator's comment.

Somebody who copies an article from a web page takes its head along. What is stated there without
doubt becomes metadata and is not shown again; whatever could be text stays text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..model import Cut, Line, Metadata
from ..parsing.dates import start
from ..settings import Site
from ..text.characters import one_line
from .head_facts import FactKind, HeadFact, head_facts, stated_address

# Lines with text in them; a head is shorter, and what comes later is the article.
_MAX_HEAD_LINES = 12
# Characters; a longer line is a paragraph.
_MAX_LINE_LENGTH = 160
# Characters; a comment is a remark, not a text of its own.
_MAX_NOTE_LENGTH = 800

_RULE = re.compile(r"\s*(?:-{3,}|—{2,}|_{3,}|\*{3,}|={3,})\s*")
_QUOTED_NOTE = re.compile(r"\s*>>\s?(.*)")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'’”»)\]]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PasteHead:
    """What the head states, the lines that remain, and those that were read, with the reason.

    `metadata` has `link`, `authors`, `published`, `updated` and `note`, as far as they are stated.
    """

    lines: tuple[Line, ...]
    metadata: Metadata = field(default_factory=Metadata)
    cuts: tuple[Cut, ...] = ()


def split_note(lines: Sequence[Line]) -> PasteHead:
    """Takes the curator's comment from above a paste: lines after `>>`, or text above a line of
    dashes whose sentences end as such and which a headline follows."""
    filled = [index for index, (_, text) in enumerate(lines) if text.strip()]
    quoted = []
    for index in filled:
        if not _QUOTED_NOTE.fullmatch(lines[index][1]):
            break
        quoted.append(index)
    if quoted:
        texts = [match[1] for i in quoted if (match := _QUOTED_NOTE.fullmatch(lines[i][1]))]
        return _with_note(lines, "\n".join(texts).strip(), quoted[-1] + 1)
    rule = next((i for i in filled[1:_MAX_HEAD_LINES] if _RULE.fullmatch(lines[i][1])), None)
    if rule is None or not _is_comment(lines[:rule]) or not _is_headline_next(lines[rule + 1 :]):
        return PasteHead(lines=tuple(lines))
    note = "\n".join(text for _, text in lines[:rule]).strip()
    return _with_note(lines, note, rule + 1)


def _with_note(lines: Sequence[Line], note: str, end: int) -> PasteHead:
    cuts = (Cut(line=n, text=text, rule="note") for n, text in lines[:end] if text.strip())
    metadata = Metadata(note=note) if note else Metadata()
    return PasteHead(lines=tuple(lines[end:]), metadata=metadata, cuts=tuple(cuts))


def _is_comment(lines: Sequence[Line]) -> bool:
    texts = [text.strip() for _, text in lines if text.strip()]
    # A title does not end as a sentence does; whoever writes one above a rule means it as text.
    return sum(map(len, texts)) <= _MAX_NOTE_LENGTH and all(
        _SENTENCE_END.search(text) or text.endswith(":") for text in texts
    )


def _is_headline_next(lines: Sequence[Line]) -> bool:
    texts = [text.strip() for _, text in lines if text.strip()]
    if len(texts) < 2:
        return False
    head = texts[1] if stated_address(texts[0]) else texts[0]
    return len(head) <= _MAX_LINE_LENGTH and not _SENTENCE_END.search(head.rstrip("?!"))


def split_leading_address(lines: Sequence[Line]) -> PasteHead:
    """Takes a web address that stands alone on the first line, above the title."""
    index = next((i for i, (_, text) in enumerate(lines) if text.strip()), None)
    if index is None or (link := stated_address(lines[index][1])) is None:
        return PasteHead(lines=tuple(lines))
    if not any(text.strip() for _, text in lines[index + 1 :]):
        # A file with nothing but an address is about that address.
        return PasteHead(lines=tuple(lines))
    number, text = lines[index]
    return PasteHead(
        lines=tuple(lines[index + 1 :]),
        metadata=Metadata(link=link),
        cuts=(Cut(line=number, text=text, rule="address"),),
    )


def split_head(
    lines: Sequence[Line], title: str, site: Site, *, shown: Collection[FactKind] = ()
) -> PasteHead:
    """Takes the lines between `title` and the text that state address, authors and date, or the
    title again. Lines of the kinds in `shown` state something and stay. Dates without a zone are in
    that of `site`.

    Reading ends at the first line that is a paragraph. A line counts only if every part of it is
    understood. A day alone is taken only beside something else: it may be that of an event.
    """
    facts: dict[int, tuple[HeadFact, ...]] = {}
    again: set[int] = set()
    for index, (_, text) in _head_lines(lines):
        line = one_line(text)
        if title and line.casefold() == title.casefold():
            again.add(index)
        elif found := head_facts(line, site):
            facts[index] = found
    kinds = {fact.kind for found in facts.values() for fact in found}
    if kinds <= {FactKind.BARE_DATE, FactKind.READING_TIME}:
        facts = {}
    kinds_of = {index: found[0].kind for index, found in facts.items()}
    rules = {index: kind.value for index, kind in kinds_of.items() if kind not in shown}
    rules |= dict.fromkeys(again, "title-again")
    return PasteHead(
        lines=tuple(line for index, line in enumerate(lines) if index not in rules),
        metadata=_combined(fact.metadata for found in facts.values() for fact in found),
        cuts=tuple(
            Cut(line=lines[index][0], text=lines[index][1], rule=rules[index])
            for index in sorted(rules)
        ),
    )


def _head_lines(lines: Sequence[Line]) -> Iterator[tuple[int, Line]]:
    filled = [(index, line) for index, line in enumerate(lines) if line[1].strip()]
    for index, line in filled[:_MAX_HEAD_LINES]:
        text = line[1].strip()
        is_sentence = len(text) >= 60 and _SENTENCE_END.search(text) and not stated_address(text)
        if len(text) > _MAX_LINE_LENGTH or is_sentence:
            return
        yield index, line


def _combined(stated: Iterator[Metadata]) -> Metadata:
    """What the facts state together; of two that differ, the first."""
    result = Metadata()
    for each in stated:
        result = replace(
            result,
            link=result.link or each.link,
            authors=result.authors or each.authors,
            published=result.published or each.published,
            updated=result.updated or each.updated,
        )
    if result.updated and not result.published:
        # The only date that is stated is the best that is known of the first one.
        return replace(result, published=result.updated, updated=None)
    if result.updated and result.published and start(result.updated) <= start(result.published):
        return replace(result, updated=None)
    return result
