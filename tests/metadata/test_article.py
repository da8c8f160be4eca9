"""Every key of an article's metadata: the values that it takes, and the errors for others."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from feedpub.errors import Diagnostic, Severity
from feedpub.metadata import merged, read_metadata
from feedpub.model import Amount, Day, Enclosure, Metadata, Person, Source
from feedpub.parsing.values import Place
from feedpub.settings import Site

LISBON = ZoneInfo("Europe/Lisbon")
SITE = Site(title="S", url="https://example.org/feeds/", description="", language="en", zone=LISBON)
PLACE = Place(name="a.md", line_of=lambda _: 3)


def read(**table: object) -> Metadata:
    metadata, diagnostics = read_metadata(table, PLACE, SITE)
    assert diagnostics == ()
    return metadata


def errors(**table: object) -> list[Diagnostic]:
    return list(read_metadata(table, PLACE, SITE)[1])


def messages(**table: object) -> str:
    return "\n".join(str(error) for error in errors(**table))


def test_what_is_not_stated_is_none() -> None:
    assert read() == Metadata()
    assert read(title=None, tags=None, author=None, draft=None) == Metadata()
    assert read(title="", author="", published="", link="") == Metadata()


def test_texts_are_one_line_and_clean() -> None:
    assert read(title=" a\n  b\x00 ").title == "a b"
    assert read(title=2024).title == "2024"
    assert read(title="  ").title is None
    assert read(note="a\n\nb\n").note == "a\n\nb"


def test_dates_take_the_zone_of_the_site() -> None:
    assert read(published=datetime(2026, 7, 1, 12)).published == datetime(
        2026, 7, 1, 11, tzinfo=UTC
    )
    assert read(published=date(2026, 7, 1)).published == Day(date=date(2026, 7, 1), zone=LISBON)
    assert read(expires="1 July 2026 12:00 +0200").expires == datetime(2026, 7, 1, 10, tzinfo=UTC)


def test_date_means_published() -> None:
    assert read(date="2026-07-01T12:00Z").published == datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert "Keep one" in messages(date=date(2026, 7, 1), published=date(2026, 7, 1))
    assert read(date=None) == read(date=None, published=None) == Metadata()
    assert read(date=None, published="2026-07-01T12:00Z") == read(date="2026-07-01T12:00Z")


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Ada Example", [Person(name="Ada Example")]),
        ("Ada <a@example.org>", [Person(name="Ada", email="a@example.org")]),
        ({"name": "Ada", "email": "a@example.org"}, [Person(name="Ada", email="a@example.org")]),
        (
            {"name": "Ada", "url": "https://a.example"},
            [Person(name="Ada", uri="https://a.example/")],
        ),
        (["Ada", {"name": "Bea"}, "Ada"], [Person(name="Ada"), Person(name="Bea")]),
    ],
)
def test_people_are_written_in_many_ways(value: object, people: list[Person]) -> None:
    assert read(author=value).authors == tuple(people)
    assert read(authors=value).authors == tuple(people)


@pytest.mark.parametrize(
    ("value", "tags"),
    [("a, b,,a", ("a", "b")), (["a b", 7], ("a b", "7")), ([], ()), ("", ())],
)
def test_tags_are_a_list_or_words_with_commas(value: object, tags: tuple[str, ...]) -> None:
    assert read(tags=value).tags == tags


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("The Gazette", Source(title="The Gazette")),
        ("https://www.g.example/a", Source(title="g.example", link="https://www.g.example/a")),
        (
            {"title": "G", "link": "https://g.example/", "id": "tag:g,2026:a"},
            Source(title="G", link="https://g.example/", id="tag:g,2026:a"),
        ),
        (
            {"title": "G", "updated": date(2026, 7, 1)},
            Source(title="G", updated=datetime(2026, 6, 30, 23, tzinfo=UTC)),
        ),
    ],
)
def test_a_source_is_a_name_an_address_or_a_table(value: object, source: Source) -> None:
    assert read(source=value).source == source


def test_an_enclosure_is_an_address_a_table_or_a_list() -> None:
    talk = Enclosure(url="https://example.org/a.mp3", type="audio/mpeg")
    assert read(enclosure="https://example.org/a.mp3").enclosures == (talk,)
    assert read(enclosure="../a.mp3").enclosures == (talk,)
    sized = {"url": "/a.mp3", "length": 9, "type": "audio/x"}
    assert read(enclosure=[sized]).enclosures == (
        Enclosure(url="https://example.org/a.mp3", type="audio/x", length=9),
    )


def test_addresses_are_normalised() -> None:
    assert read(link="HTTPS://Example.ORG/a b").link == "https://example.org/a%20b"
    assert read(image="/i.png").image == "https://example.org/i.png"


def test_the_rest() -> None:
    metadata = read(draft=True, clean=False, content="summary", language="pt-BR", rights="mine")
    assert (metadata.draft, metadata.clean, metadata.content) == (True, False, Amount.SUMMARY)
    assert (metadata.language, metadata.rights) == ("pt-BR", "mine")


@pytest.mark.parametrize(
    ("key", "value", "words", "code"),
    [
        ("title", True, "must be a text, not true or false", "value-wrong-type"),
        ("title", 1.5, "quotes", "value-wrong-type"),
        ("title", ["a"], "not a list", "value-wrong-type"),
        ("published", 2019, "must be a date, not a number", "value-wrong-type"),
        ("published", "02/05/2019", "`published` can't be read", "date-unreadable"),
        ("published", "May 2019", "`published` can't be read", "date-unreadable"),
        ("draft", "maybe", 'must be true or false, not "maybe"', "value-wrong-type"),
        ("tags", {"a": 1}, "must be a list of texts", "value-wrong-type"),
        ("tags", [True], "true is not a text", "value-wrong-type"),
        ("link", "/a", "in full", "address-invalid"),
        ("link", "https://ada:secret@a.example/", "no user and no password", "secret-in-address"),
        ("link", "ftp://a.example/", "must be a web address", "address-invalid"),
        ("link", "https://", "must be a web address", "address-invalid"),
        ("id", "no uri", "absolute URI", "id-invalid"),
        ("id", "tag:x", "absolute URI", "id-invalid"),
        ("language", "en_US", "language tag", "language-invalid"),
        ("content", "all", '"full" or "summary", not "all"', "value-not-allowed"),
        ("author", 7, "must be a name", "value-wrong-type"),
        ("author", "a@example.org", "without a name", "person-without-name"),
        ("author", {"email": "a@example.org"}, "has no name", "person-without-name"),
        ("author", "Ada <nonsense>", "is not an e-mail address", "email-invalid"),
        ("author", {"name": "A", "phone": "1"}, "`author.phone` is not a key", "key-unknown"),
        ("source", {}, "neither a title nor a link", "key-missing"),
        ("source", 1, "must be a name, an address or a table", "value-wrong-type"),
        ("enclosure", {"type": "audio/mpeg"}, "has no url", "key-missing"),
        ("enclosure", {"url": "/a", "type": "nonsense"}, "media type", "media-type-invalid"),
        ("enclosure", {"url": "/a", "length": -1}, "0 or more", "value-not-allowed"),
        ("image", "javascript:1", "a file on the web", "address-invalid"),
    ],
)
def test_a_wrong_value_is_reported_with_its_place_and_a_code(
    key: str, value: object, words: str, code: str
) -> None:
    (error,) = errors(**{key: value})
    assert str(error).startswith("a.md:3: ")
    assert words in str(error)
    assert (error.code, error.severity) == (code, Severity.ERROR)


def test_config_knows_the_names_of_other_tools_and_refuses_the_rest() -> None:
    assert read(lastmod="2026-07-01T12:00Z").updated == datetime(2026, 7, 1, 12, tzinfo=UTC)
    (error,) = errors(sumary="x")
    assert (error.code, error.severity) == ("key-unknown", Severity.ERROR)
    assert "Did you mean `summary`?" in error.remedy
    (error,) = errors(layout="post")
    assert error.remedy.startswith("Known are `author`, `id`, `title`")


def test_all_errors_are_reported_at_once() -> None:
    assert len(errors(title=True, draft=1, xyz=1)) == 3


def test_author_and_authors_are_one_too_many() -> None:
    (error,) = errors(author="A", authors=["B"])
    assert "`author` means the same as `authors`" in error.problem
    assert (error.code, error.remedy) == ("key-duplicate", "Keep one.")


def test_the_first_takes_precedence_where_both_state_something() -> None:
    first = Metadata(title="a", draft=False, tags=())
    second = Metadata(title="b", draft=True, tags=("x",), authors=(Person(name="A"),))
    both = merged(first, second)
    assert (both.title, both.draft, both.authors) == ("a", False, (Person(name="A"),))
