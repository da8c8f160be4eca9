"""The metadata of articles that were written for other tools: nothing that decides nothing costs
an article."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from feedpub.errors import Severity
from feedpub.metadata import FrontMatterMetadata, read_front_matter
from feedpub.model import Day, Metadata, Person
from feedpub.parsing.values import Place
from feedpub.settings import Site

SITE = Site(title="S", url="https://example.org/feeds/", description="", language="en", zone=UTC)
DAY = date(2026, 7, 1)


def found(table: dict[str, object]) -> FrontMatterMetadata:
    return read_front_matter(table, Place(name="a.md", line_of=lambda _: 3), SITE)


def read(**table: object) -> Metadata:
    result = found(table)
    assert result.diagnostics == ()
    assert result.unknown == ()
    return result.metadata


def said(**table: object) -> list[tuple[str, Severity]]:
    return [(each.code, each.severity) for each in found(table).diagnostics]


@pytest.mark.parametrize("name", ["date", "pubDate", "publish-date", "Date_Published", "created"])
def test_published_has_many_names(name: str) -> None:
    assert read(**{name: DAY}).published == Day(date=DAY, zone=UTC)


def test_every_field_is_known_by_the_names_of_other_tools() -> None:
    metadata = read(
        lastmod="2026-07-02T12:00Z",
        unpublishDate="2027-01-01T00:00Z",
        categories=["sea"],
        excerpt="Short.",
        byline="Ada Example",
        locale="pt_BR",
        private=True,
        canonical_url="https://example.org/a",
        cover={"image": "/c.png", "alt": "A cover"},
        url="/2026/a/",
    )
    assert metadata.updated == datetime(2026, 7, 2, 12, tzinfo=UTC)
    assert metadata.expires == datetime(2027, 1, 1, tzinfo=UTC)
    assert (metadata.tags, metadata.summary) == (("sea",), "Short.")
    assert (metadata.authors, metadata.language) == ((Person(name="Ada Example"),), "pt-BR")
    assert (metadata.draft, metadata.link) == (True, "https://example.org/a")
    assert (metadata.image, metadata.permalink) == ("https://example.org/c.png", "/2026/a/")


def test_metadata_may_stand_in_the_tables_of_zola_and_hugo() -> None:
    metadata = read(
        taxonomies={"tags": ["a"], "categories": ["b"]},
        extra={"author": "Ada"},
        params={"cover": "/c.png"},
        date={"created": DAY},
    )
    assert (metadata.tags, metadata.authors) == (("a", "b"), (Person(name="Ada"),))
    assert metadata.image == "https://example.org/c.png"
    assert metadata.published == Day(date=DAY, zone=UTC)


@pytest.mark.parametrize(
    ("table", "draft"),
    [
        ({"published": True}, False),
        ({"published": False}, True),
        ({"publish": False}, True),
        ({"draft": "yes"}, True),
        ({"status": "draft"}, True),
        ({"status": "published"}, False),
        ({"draft": False, "published": False}, True),
    ],
)
def test_what_any_name_holds_back_is_a_draft(table: dict[str, object], draft: bool) -> None:
    assert read(**table).draft is draft


def test_our_own_name_holds_and_a_synonym_that_differs_from_another_is_noted() -> None:
    assert read(summary="Ours.", description="Theirs.").summary == "Ours."
    assert read(date=DAY, published=DAY).published == Day(date=DAY, zone=UTC)
    (note,) = found({"excerpt": "Second.", "description": "First."}).diagnostics
    assert (note.severity, note.line) == (Severity.NOTE, 3)
    assert note.problem == "`excerpt` says something else than `description`, which holds"


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        ("sea, land", ("sea", "land")),
        ([["sea"], {"name": "land"}, 3.5, None], ("sea", "land", "3.5")),
        (["#sea", "sea"], ("sea",)),
    ],
)
def test_tags_are_written_in_many_ways(value: object, tags: tuple[str, ...]) -> None:
    assert read(keywords=value).tags == tags


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("[Ada](https://a.example)", [Person(name="Ada", uri="https://a.example/")]),
        ("By [Ada](mailto:a@example.org)", [Person(name="Ada", email="a@example.org")]),
        (
            "[Ada](https://a.example), [Bea](https://b.example) and [Cleo](https://c.example/c)",
            [
                Person(name="Ada", uri="https://a.example/"),
                Person(name="Bea", uri="https://b.example/"),
                Person(name="Cleo", uri="https://c.example/c"),
            ],
        ),
        ("[Ada](https://a.example) of the Society", [Person(name="Ada of the Society")]),
        ({"name": "Ada", "twitter": "@ada"}, [Person(name="Ada")]),
    ],
)
def test_names_may_be_links(value: object, people: list[Person]) -> None:
    assert read(by=value).authors == tuple(people)


def test_unknown_keys_are_named_and_say_nothing_else() -> None:
    result = found({"layout": "post", "extra": {"team": "x"}, "copyright": True, "links": [1]})
    assert result.unknown == ("layout", "extra.team", "copyright", "links")
    assert (result.diagnostics, result.metadata) == ((), Metadata())


@pytest.mark.parametrize(
    ("name", "key", "severity"),
    [
        ("darft", "draft", Severity.ERROR),
        ("expries", "expires", Severity.ERROR),
        ("publised", "published", Severity.ERROR),
        ("updatedd", "updated", Severity.ERROR),
        ("titel", "title", Severity.WARNING),
        ("sumary", "summary", Severity.WARNING),
        ("extra.languge", "language", Severity.WARNING),
    ],
)
def test_a_misspelt_key_matters_where_it_decides(name: str, key: str, severity: Severity) -> None:
    (diagnostic,) = found({name: "x"}).diagnostics
    assert (diagnostic.code, diagnostic.severity) == ("key-unknown", severity)
    assert f"Did you mean `{key}`?" in diagnostic.remedy


@pytest.mark.parametrize("name", ["titles", "sources", "link1", "resource", "updates"])
def test_a_plural_a_short_word_and_another_word_are_not_misspelt(name: str) -> None:
    assert found({name: ["x"]}).unknown == (name,)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("image", "javascript:1"),
        ("tags", {"a": 1}),
        ("language", "English!"),
        ("enclosure", {"url": "/a", "length": -1}),
        ("source", 1),
        ("author", "a@example.org"),
        ("link", "/a"),
        ("title", ["a"]),
        ("clean", "perhaps"),
    ],
)
def test_a_bad_value_that_decides_nothing_is_a_warning(key: str, value: object) -> None:
    (diagnostic,) = found({key: value, "draft": False}).diagnostics
    assert diagnostic.severity is Severity.WARNING
    assert diagnostic.problem.startswith(f"`{key}")
    assert diagnostic.problem.endswith("; it is passed over")


@pytest.mark.parametrize(
    ("key", "value"),
    [("date", "May 2019"), ("draft", "maybe"), ("lastmod", 7), ("id", "tag:x"), ("expires", "?")],
)
def test_a_bad_value_that_decides_is_an_error(key: str, value: object) -> None:
    (diagnostic,) = found({key: value}).diagnostics
    assert diagnostic.severity is Severity.ERROR
    assert diagnostic.problem.startswith(f"`{key}`")


@pytest.mark.parametrize("value", [42, "chapter-one"])
def test_an_id_that_is_no_uri_at_all_is_for_another_tool(value: object) -> None:
    assert said(id=value) == [("id-invalid", Severity.WARNING)]
    assert found({"id": value}).metadata.id is None


def test_a_link_without_a_scheme_is_completed_with_a_note() -> None:
    result = found({"link": "www.example.org/a"})
    assert result.metadata.link == "https://www.example.org/a"
    assert [each.severity for each in result.diagnostics] == [Severity.NOTE]
    assert said(link="chapter.md") == [("address-invalid", Severity.WARNING)]


def test_a_number_or_a_date_is_a_text_where_one_is_wanted() -> None:
    assert read(title=1984).title == "1984"
    assert read(title=3.5, summary=DAY).title == "3.5"


def test_an_address_in_full_is_a_link_and_a_path_is_not() -> None:
    assert read(permalink="https://example.org/a").link == "https://example.org/a"
    metadata = read(permalink="/a/", slug="a")
    assert (metadata.link, metadata.permalink, metadata.slug) == (None, "/a/", "a")
