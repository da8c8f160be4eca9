"""Reads the metadata of an article, and merges what config.toml, front matter and a page state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

from ..errors import Diagnostic, Severity
from ..model import Metadata
from ..parsing.values import Place, Values
from ..settings import Site
from ..text.wording import listed, nearest, shown
from .enclosures import read_enclosures
from .fields import (
    read_amount,
    read_id,
    read_language,
    read_moment,
    read_permalink,
    read_web_address,
    with_scheme,
)
from .forgiving import ForgivingValues
from .image import read_image
from .misspelt import near_miss
from .names import DECIDING, KEYS, Resolved, resolve_names
from .people import read_people
from .source import read_source
from .tags import read_tags

# What other tools take for the id of a page; a URI has a colon.
_WORD = re.compile(r"[^\s:]+")
_UNKNOWN = "is not a key that feedpub knows"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatterMetadata:
    """The metadata that front matter states, and errors, warnings and notes on it.

    `unknown` are the names of keys that mean nothing to feedpub.
    """

    metadata: Metadata
    diagnostics: tuple[Diagnostic, ...]
    unknown: tuple[str, ...]


def read_metadata(
    table: Mapping[str, object], place: Place, site: Site
) -> tuple[Metadata, tuple[Diagnostic, ...]]:
    """The metadata that a `table` of config.toml states, and an error for each key that is wrong.

    Dates without a zone are in that of `site`, relative addresses of files relative to its own.
    """
    names = resolve_names(table)
    values = Values(names.values, place, written=names.written)
    metadata = _read_values(values, values, site)
    for each in names.repeated:
        first = names.written[each.key]
        problem = f"means the same as `{first}`, which is there too"
        values.error(each.written, "key-duplicate", problem, "Keep one.")
    for name in names.unknown:
        offer = nearest(name, KEYS)
        remedy = f"Did you mean `{offer}`?" if offer else f"Known are {listed(KEYS)}."
        values.error(name, "key-unknown", _UNKNOWN, remedy)
    return metadata, tuple(values.diagnostics)


def read_front_matter(table: Mapping[str, object], place: Place, site: Site) -> FrontMatterMetadata:
    """The metadata that the front matter of an article states.

    What decides whether, when and under which id the article is published must be right; any other
    value that is wrong is passed over with a warning. Dates and addresses as in `read_metadata`.
    """
    names = resolve_names(table)
    deciding, others = (
        {key: value for key, value in names.values.items() if (key in DECIDING) is decides}
        for decides in (True, False)
    )
    values = Values(deciding, place, written=names.written)
    forgiving = ForgivingValues(others, place, written=names.written)
    _complete_link(forgiving)
    _hyphenate_language(forgiving)
    _pass_over_id(values, forgiving)
    metadata = _read_values(values, forgiving, site)
    unknown = tuple(_report_misspelt(names, values, forgiving))
    diagnostics = (*values.diagnostics, *forgiving.diagnostics, *_repeated(names, place))
    return FrontMatterMetadata(metadata=metadata, diagnostics=diagnostics, unknown=unknown)


def merged(first: Metadata, second: Metadata) -> Metadata:
    """`first`, and for each field that it does not state, `second`."""
    stated = {
        field.name: value
        for field in fields(Metadata)
        if (value := getattr(first, field.name)) not in (None, ())
    }
    return replace(second, **stated)


def _read_values(deciding: Values, others: Values, site: Site) -> Metadata:
    permalink = read_permalink(others)
    return Metadata(
        id=read_id(deciding),
        title=others.text("title"),
        link=read_web_address(others, "link") or permalink.address,
        slug=others.text("slug"),
        permalink=permalink.path,
        authors=read_people(others),
        published=read_moment(deciding, "published", site),
        updated=read_moment(deciding, "updated", site),
        expires=read_moment(deciding, "expires", site),
        draft=deciding.boolean("draft"),
        tags=read_tags(others),
        summary=others.text("summary"),
        note=others.multiline_text("note"),
        content=read_amount(others),
        language=read_language(others),
        rights=others.text("rights"),
        source=read_source(others, site),
        enclosures=read_enclosures(others, site),
        image=read_image(others, site),
        clean=others.boolean("clean"),
        minor=others.boolean("minor"),
    )


def _complete_link(values: ForgivingValues) -> None:
    link = values.pop("link")
    complete = with_scheme(link.strip()) if isinstance(link, str) else link
    if complete != link and isinstance(link, str) and complete != link.strip():
        values.note("link", "address-without-scheme", f"has no https://; {complete} is meant")
    values.put("link", complete)


def _hyphenate_language(values: ForgivingValues) -> None:
    # A locale of POSIX has `_` where a language tag has `-`.
    tag = values.pop("language")
    values.put("language", tag.replace("_", "-") if isinstance(tag, str) else tag)


def _pass_over_id(values: Values, forgiving: ForgivingValues) -> None:
    """Passes over an `id` that is no URI at all: other tools number or name their pages so."""
    value = values.pop("id")
    if isinstance(value, int) or (isinstance(value, str) and _WORD.fullmatch(value)):
        problem = f"is {shown(value)}, and no URI, which the id of an entry must be"
        remedy = "That's right if it is for another tool: feedpub makes ids by itself."
        forgiving.error("id", "id-invalid", problem, remedy)
    else:
        values.put("id", value)


def _report_misspelt(names: Resolved, deciding: Values, others: Values) -> Iterator[str]:
    """Reports the names that are misspelt, gives those that are unknown."""
    for name, value in names.unknown.items():
        key = near_miss(name, value)
        if key:
            values = deciding if key in DECIDING else others
            values.error(name, "key-unknown", _UNKNOWN, f"Did you mean `{key}`?")
        else:
            yield name


def _repeated(names: Resolved, place: Place) -> Iterator[Diagnostic]:
    """A note on each name that states something else than the one that holds."""
    for each in names.repeated:
        holds = names.written[each.key]
        is_ours = holds in (each.key, "author")
        if is_ours or each.key in ("tags", "draft") or each.value == names.values[each.key]:
            continue
        yield Diagnostic(
            code="key-duplicate",
            severity=Severity.NOTE,
            place=place.name,
            line=place.line_of(each.written),
            problem=f"`{each.written}` says something else than `{holds}`, which holds",
            remedy=f"Write `{each.key}` for what is meant.",
        )
