"""The names that metadata has in articles of other tools, and which of our keys each one means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("guid", "uuid"),
        "title": ("headline",),
        "link": (
            "canonical_url", "canonical", "external_url", "original_url", "link_url", "source_url",
            "href",
        ),
        "slug": (),
        "permalink": ("url", "path"),
        "authors": ("author", "by", "byline", "creator"),
        "published": (
            "date", "pub_date", "publish_date", "published_at", "published_date", "date_published",
            "date.created", "created", "created_at", "date_created", "publish",
        ),
        "updated": (
            "lastmod", "modified", "last_modified_at", "last_modified", "date_modified",
            "updated_at", "last_updated", "date.updated", "date_updated", "update",
        ),
        "expires": ("expiry_date", "unpublish_date", "expire_date"),
        "draft": ("private", "is_draft"),
        "tags": ("tag", "categories", "category", "keywords", "topics"),
        "summary": ("description", "excerpt", "abstract", "subtitle"),
        "note": ("commentary",),
        "content": (),
        "language": ("lang", "locale"),
        "rights": ("copyright", "licence", "license"),
        "source": ("via", "publisher"),
        "enclosure": ("enclosures", "attachment", "audio"),
        "image": (
            "images", "cover", "cover_image", "featured_image", "feature_image", "feature_img",
            "hero_image", "header_image", "thumbnail", "og_image", "picture",
        ),
        "clean": ("cleaning",),
        "minor": (),
    }
)  # fmt: skip
"""Our keys, and other names of each in the order in which they count.

A name is written in any case, with `-`, `_`, `:` or nothing between its words. Where a dot is in
it, it is a key of a table.
"""

DECIDING = frozenset({"id", "published", "updated", "expires", "draft"})
"""The keys that decide whether, when and under which id an article is published."""

KEYS = ("author", *NAMES)
"""The names of our keys as the documentation lists them."""

# Tables in which Zola and Hugo keep what is metadata of the article all the same.
_TABLES = frozenset({"extra", "params", "taxonomies"})
_PUBLISHED_FLAGS = frozenset({"published", "publish"})
_STATUS = {"draft": True, "private": True, "hidden": True, "published": False, "publish": False}
_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_FLAGS = frozenset({"draft", "clean", "minor"})
_BETWEEN_WORDS = re.compile(r"[\s_:-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A value, the key of ours that it is for, and the name it is written under."""

    key: str
    written: str
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The values of a table by our keys; `written` has the name of each, and `unknown` are names
    that mean none of ours.

    `repeated` are further values of keys that have one, beside the names that hold.
    """

    values: Mapping[str, object]
    written: Mapping[str, str]
    repeated: tuple[Named, ...]
    unknown: Mapping[str, object]


def resolve_names(table: Mapping[str, object]) -> Resolved:
    """Which of our keys the keys of `table` mean.

    The first name in the order of NAMES holds, and one at the top before one in a table. Tags of
    all names are put together, and an article is a draft where any name says so.
    """
    named: dict[str, list[tuple[int, Named]]] = {}
    unknown: dict[str, object] = {}
    for written, value in _flat(table):
        found = _meaning(written, value)
        if found is None:
            unknown[written] = value
        elif found[1].value is not None:
            named.setdefault(found[1].key, []).append(found)
    chosen = {key: _in_order(found) for key, found in named.items()}
    return Resolved(
        values={key: _combined(key, found) for key, found in chosen.items()},
        written={key: found[0].written for key, found in chosen.items()},
        repeated=tuple(each for found in chosen.values() for each in found[1:]),
        unknown=unknown,
    )


def key_of(name: str) -> str:
    """The key of ours that `name` means, "" if it means none."""
    return _MEANINGS.get(plain(name), (0, ""))[1]


def truth(value: object) -> bool | None:
    """What `value` says as true or false, also as a word of YAML 1.1; None if it says neither."""
    if isinstance(value, str):
        return _WORDS.get(value.strip().lower())
    return value if isinstance(value, bool) else None


def plain(name: str) -> str:
    """`name` as it is compared: without case, and without what stands between its words."""
    return _BETWEEN_WORDS.sub("", name.casefold())


_MEANINGS: Mapping[str, tuple[int, str]] = {
    plain(name): (rank, key)
    for key, names in NAMES.items()
    for rank, name in enumerate((key, *names))
}


def _flat(table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        name = plain(str(key))
        if isinstance(value, dict) and (name in _TABLES or name == "date"):
            yield from ((f"{key}.{inner}", each) for inner, each in value.items())
        else:
            yield str(key), value


def _meaning(written: str, value: object) -> tuple[int, Named] | None:
    """Which key `written` means, and how late it comes among the names of that key."""
    name = plain(written)
    table, _, inner = name.rpartition(".")
    name, depth = (inner, len(_MEANINGS)) if table in _TABLES else (name, 0)
    if name == "status":
        held = _STATUS.get(value.strip().lower()) if isinstance(value, str) else None
        return None if held is None else (depth, Named(key="draft", written=written, value=held))
    if name in _PUBLISHED_FLAGS and (flag := truth(value)) is not None:
        return depth, Named(key="draft", written=written, value=not flag)
    if name not in _MEANINGS:
        return None
    rank, key = _MEANINGS[name]
    if rank and isinstance(value, bool) and key not in _FLAGS | DECIDING:
        # A switch of another tool, such as `copyright: true`.
        return None
    return rank + depth, Named(key=key, written=written, value=value)


def _in_order(found: list[tuple[int, Named]]) -> list[Named]:
    """The names of one key, that which holds first; one without a value counts only by itself."""
    ordered = [each for _, each in sorted(found, key=lambda pair: pair[0])]
    return [each for each in ordered if each.value != ""] or ordered[:1]


def _combined(key: str, found: list[Named]) -> object:
    values = [each.value for each in found]
    if key == "draft":
        value = next((value for value in values if truth(value) is not False), values[0])
        return value if truth(value) is None else truth(value)
    if key == "tags" and len(values) > 1:
        return [each.split(",") if isinstance(each, str) else each for each in values]
    return values[0]
