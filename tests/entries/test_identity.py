"""An article is known again whatever its file goes through, and a copy is someone else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from feedpub.articles.fingerprints import fingerprints
from feedpub.entries.identity import RecordMatches, match_records
from feedpub.entries.tag_uri import mint, slugify
from feedpub.model import Article, Kind, Metadata, Record

NOW = datetime(2026, 1, 2, tzinfo=UTC)
TEXT = tuple(f"Paragraph number {n} of a text that goes on for a while." for n in range(6))
OTHER = tuple(f"Something else altogether, and this is part {n} of it." for n in range(6))


def article(path: str, *paragraphs: str, uri: str | None = None, title: str = "T") -> Article:
    metadata = Metadata(id=uri, title=title)
    return Article(
        path=path,
        kind=Kind.TEXT,
        title=title,
        metadata=metadata,
        fingerprints=fingerprints(
            source="\n".join(paragraphs),
            stated=metadata,
            title=title,
            shown=metadata,
            paragraphs=paragraphs,
        ),
    )


def record(known: Article, uri: str) -> Record:
    return Record(
        id=uri, path=known.path, published=NOW, updated=NOW, fingerprints=known.fingerprints
    )


def matched(articles: list[Article], *records: Record, also: str = "") -> RecordMatches:
    paths = {each.path for each in articles} | ({also} if also else set())
    return match_records(articles, {each.id: each for each in records}, paths)


def ids(found: RecordMatches) -> dict[str, str]:
    return {path: each.id for path, each in found.known.items()}


@pytest.mark.parametrize(
    "after",
    [
        article("a.txt", *TEXT),
        article("a.txt", *TEXT, title="Another"),
        article("a.txt", *TEXT[:4], "One that is new and long enough to count."),
        article("a.txt", *OTHER),
        article("b/c.txt", *TEXT),
        article("b/c.txt", *TEXT, title="Another"),
        article("b/c.txt", *TEXT[:4], "One that is new and long enough to count."),
        article("b/a.txt", TEXT[0], TEXT[1], *OTHER[:3]),
    ],
    ids=[
        "as it was",
        "retitled",
        "edited",
        "written anew",
        "moved",
        "moved and retitled",
        "moved and edited",
        "moved with its name, and much edited",
    ],
)
def test_an_article_keeps_its_id(after: Article) -> None:
    assert ids(matched([after], record(article("a.txt", *TEXT), "tag:x"))) == {after.path: "tag:x"}


def test_a_copy_is_new_and_the_original_keeps_the_id() -> None:
    original, copy = article("a.txt", *TEXT), article("a copy.txt", *TEXT)
    found = matched([copy, original], record(original, "tag:x"))
    assert ids(found) == {"a.txt": "tag:x"}


def test_two_files_that_swap_their_names_keep_their_ids() -> None:
    a, b = article("a.txt", *TEXT), article("b.txt", *OTHER)
    found = matched(
        [article("a.txt", *OTHER), article("b.txt", *TEXT)], record(a, "tag:a"), record(b, "tag:b")
    )
    assert ids(found) == {"a.txt": "tag:b", "b.txt": "tag:a"}


def test_one_common_paragraph_out_of_two_does_not_make_two_articles_one() -> None:
    gone = article("a.txt", TEXT[0], "Thanks to everyone who reads this every week.")
    new = article("b.txt", TEXT[1], "Thanks to everyone who reads this every week.")
    assert ids(matched([new], record(gone, "tag:x"))) == {}


def test_a_file_that_cannot_be_read_today_is_not_taken_for_gone() -> None:
    was = article("a.txt", *TEXT)
    found = matched([article("b.txt", *TEXT)], record(was, "tag:x"), also="a.txt")
    assert ids(found) == {}


def test_a_folder_of_short_notes_can_be_moved() -> None:
    before = [article(f"old/{n}.txt", "Hi.", title="Same") for n in range(3)]
    after = [article(f"new/{n}.txt", "Hi.", title="Same") for n in range(3)]
    found = matched(after, *(record(each, f"tag:{each.path[4]}") for each in before))
    assert ids(found) == {f"new/{n}.txt": f"tag:{n}" for n in range(3)}


def test_an_id_in_the_metadata_goes_before_everything() -> None:
    stated = article("a.txt", *TEXT, uri="urn:x:mine")
    found = matched([stated], record(article("a.txt", *TEXT), "tag:x"))
    assert ids(found) == {}
    again = matched([article("z.txt", *OTHER, uri="urn:x:mine")], record(stated, "urn:x:mine"))
    assert ids(again) == {"z.txt": "urn:x:mine"}


def test_two_articles_that_claim_one_id_are_told_about_each_other() -> None:
    a, b = article("a.txt", *TEXT, uri="urn:x:1"), article("b.txt", *OTHER, uri="urn:x:1")
    both = matched([a, b])
    assert [each.place for each in both.diagnostics] == ["a.txt", "b.txt"]
    assert "so does b.txt" in str(both.diagnostics[0])
    one = matched([a, b], record(b, "urn:x:1"))
    assert [each.place for each in one.diagnostics] == ["a.txt"]
    assert ids(one) == {"b.txt": "urn:x:1"}


def test_the_id_of_an_article_that_still_stands_there_can_not_be_taken() -> None:
    there, thief = article("a.txt", *TEXT), article("b.txt", *OTHER, uri="tag:x")
    found = matched([there, thief], record(there, "tag:x"))
    assert ids(found) == {"a.txt": "tag:x"}
    assert [each.place for each in found.diagnostics] == ["b.txt"]
    assert "so does a.txt" in str(found.diagnostics[0])


def test_an_id_may_go_on_to_another_file_once_its_own_says_something_else() -> None:
    before, after = article("a.txt", *TEXT), article("a.txt", *OTHER)
    heir = article("b.txt", *TEXT, uri="tag:x")
    assert ids(matched([after, heir], record(before, "tag:x"))) == {"b.txt": "tag:x"}


def test_what_every_article_says_does_not_make_one_of_another() -> None:
    always = ("Written for the island club, which meets each week.", "Write to the harbour office.")
    gone, there, new = (
        article(f"{name}.txt", f"Something that stands in {name} alone.", *always)
        for name in ("gone", "there", "new")
    )
    found = matched([there, new], record(gone, "tag:gone"), record(there, "tag:there"))
    assert ids(found) == {"there.txt": "tag:there"}
    moved = article(
        "moved.txt", "Something that stands in gone alone.", "A new line of it.", *always
    )
    found = matched([there, moved], record(gone, "tag:gone"), record(there, "tag:there"))
    assert ids(found)["moved.txt"] == "tag:gone"


def test_a_minted_id_says_who_when_and_what() -> None:
    day = date(2019, 5, 2)
    assert mint("example.org", day, "a/2019-05-02-Lavrov.txt", ()) == (
        "tag:example.org,2019-05-02:lavrov"
    )


def test_an_id_is_never_given_out_twice() -> None:
    day = date(2019, 5, 2)
    taken = {"tag:e.org,2019-05-02:a", "tag:e.org,2019-05-02:a-2"}
    assert mint("e.org", day, "x/a.md", taken) == "tag:e.org,2019-05-02:a-3"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Hello, World!", "hello-world"),
        ("naïve Übung", "naive-ubung"),
        ("новости", "%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
        ("___", "article"),
    ],
)
def test_a_slug_has_the_characters_of_a_uri(name: str, slug: str) -> None:
    assert slugify(name) == slug
