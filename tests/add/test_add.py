"""`feedpub add FILE`: what becomes an article, what is known already, and what is refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from ..workshop import Said, Workshop
from .pages import ADDRESS, LOGIN, MARKDOWN, json_ld, mhtml, page
from .test_lists import SAMPLES

PASTE = b"The ferry is late\n\nIt sails at six today, and nobody minds.\n"
SAVED = page(json_ld() + f'<link rel="canonical" href="{ADDRESS}">')
TIDE = "2026-03-04-the-tide-the-quay.md"


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path).start()


def save(workshop: Workshop, name: str, content: str | bytes) -> str:
    raw = content if isinstance(content, bytes) else content.encode()
    (workshop.root / name).write_bytes(raw)
    return name


def articles(workshop: Workshop) -> list[str]:
    return sorted(file.name for file in (workshop.root / "articles").iterdir())


def text_of(workshop: Workshop, name: str) -> str:
    return (workshop.root / "articles" / name).read_text(encoding="utf-8")


def added(workshop: Workshop, *arguments: str, stdin: bytes = b"") -> Said:
    said = workshop.run("add", *arguments, stdin=stdin)
    assert said.code == 0, said.stderr
    return said


def test_a_paste_becomes_a_text_that_is_named_after_its_title(workshop: Workshop) -> None:
    said = added(workshop, "-", stdin=PASTE)
    assert said.stdout == "added articles/the-ferry-is-late.txt: The ferry is late\n"
    assert text_of(workshop, "the-ferry-is-late.txt").encode() == PASTE
    assert "1 article published" in workshop.build().stdout


def test_a_paste_is_not_named_after_the_address_or_the_comment_above_it(
    workshop: Workshop,
) -> None:
    added(workshop, "-", stdin=b">> At last.\n\nhttps://example.org/ferry\n\n" + PASTE)
    assert articles(workshop) == ["the-ferry-is-late.txt"]


def test_options_stand_at_the_head_of_a_paste(workshop: Workshop) -> None:
    options = (
        "--tag",
        "sea",
        "--tag",
        "news",
        "--note",
        "At *last*.",
        "--date",
        "2026-05-02 17:00",
    )
    added(workshop, "-", *options, stdin=PASTE)
    assert text_of(workshop, "2026-05-02-the-ferry-is-late.txt") == (
        '---\npublished: 2026-05-02T17:00:00Z\ntags: ["sea", "news"]\nnote: "At *last*."\n---\n'
        + PASTE.decode()
    )


def test_the_same_paste_is_not_added_twice(workshop: Workshop) -> None:
    added(workshop, "-", stdin=PASTE)
    said = added(workshop, "-", stdin=PASTE)
    assert said.stdout == "is there already: articles/the-ferry-is-late.txt\n"
    added(workshop, "-", stdin=PASTE + b"\nA word more.\n")
    assert articles(workshop) == ["the-ferry-is-late-2.txt", "the-ferry-is-late.txt"]


def test_a_markdown_file_stays_one(workshop: Workshop) -> None:
    added(workshop, save(workshop, "notes.md", "# The ferry\n\nIt sails *now*.\n"))
    assert articles(workshop) == ["the-ferry.md"]


def test_a_saved_page_becomes_markdown_with_metadata(workshop: Workshop) -> None:
    said = added(workshop, save(workshop, "page.html", SAVED), "--tag", "sea")
    assert said.stdout == f"added articles/{TIDE}: The tide & the quay\n"
    head, body = text_of(workshop, TIDE).removeprefix("---\n").split("---\n", 1)
    assert head == (
        'title: "The tide & the quay"\n'
        "published: 2026-03-04T09:30:00Z\n"
        f'link: "{ADDRESS}"\n'
        'language: "en"\n'
        'image: "https://news.example/img/tide.jpg"\n'
        'authors: ["Ada Example"]\n'
        'tags: ["sea"]\n'
        'source: { title: "Harbour News", link: "https://news.example/" }\n'
    )
    assert body == MARKDOWN
    assert b"<title>The tide &amp; the quay</title>" in _feed(workshop)


def _feed(workshop: Workshop) -> bytes:
    workshop.build()
    return workshop.feed()


def test_what_was_not_found_is_named_in_one_line(workshop: Workshop) -> None:
    said = added(workshop, save(workshop, "page.html", page()), "--date", "2026-03-04")
    assert said.stdout.splitlines()[1] == "not found: author, name of the site, image"


def test_a_page_without_a_date_is_named_by_the_day(workshop: Workshop) -> None:
    added(workshop, save(workshop, "page.html", page()))
    assert articles(workshop) == ["2026-06-15-the-tide.md"]


def test_the_same_page_is_not_added_twice_whatever_its_address_looks_like(
    workshop: Workshop,
) -> None:
    added(workshop, save(workshop, "page.html", SAVED))
    before = text_of(workshop, TIDE)
    other = SAVED.replace(ADDRESS, "http://www.news.example/sea/tide/?utm_source=mail")
    for name, content in (("page.html", SAVED), ("again.html", other)):
        said = added(workshop, save(workshop, name, content))
        assert said.stdout == f"is there already: articles/{TIDE}\n"
    assert (articles(workshop), text_of(workshop, TIDE)) == ([TIDE], before)


def test_an_update_takes_the_page_again_and_keeps_what_is_the_curators(workshop: Workshop) -> None:
    added(workshop, save(workshop, "page.html", SAVED), "--tag", "sea", "--note", "Read *this*.")
    file = workshop.root / "articles" / TIDE
    text = file.read_text().replace("---\n", "---\nid: urn:x:1\ndraft: true\n", 1)
    file.write_text(text.replace("moon", "sun").replace('title: "The tide', 'title: "The Flood'))
    said = added(workshop, "page.html", "--update", "--tag", "new")
    assert said.stdout == f"updated articles/{TIDE}: The tide & the quay\n"
    now = text_of(workshop, TIDE)
    for kept in ('id: "urn:x:1"', "draft: true", 'tags: ["sea", "new"]', 'note: "Read *this*."'):
        assert kept in now
    assert "moon" in now and "Flood" not in now


def test_an_article_that_is_not_markdown_is_not_made_anew(workshop: Workshop) -> None:
    workshop.article("old.txt", f"---\nlink: {ADDRESS}\n---\nThe tide\n\nText.\n")
    said = workshop.run("add", save(workshop, "page.html", SAVED), "--update")
    assert (said.code, "old.txt: is not a Markdown file" in said.stderr) == (2, True)


def test_only_a_summary_is_taken_where_that_is_asked_for(workshop: Workshop) -> None:
    added(workshop, save(workshop, "page.html", SAVED), "--summary-only")
    text = text_of(workshop, TIDE)
    assert text.endswith("---\n")
    assert 'summary: "The moon pulls the sea twice a day' in text


def test_a_page_saved_as_mhtml_is_added_under_its_address(workshop: Workshop) -> None:
    added(workshop, save(workshop, "page.mhtml", mhtml(page(json_ld()))))
    assert f'link: "{ADDRESS}"' in text_of(workshop, TIDE)


def test_a_list_becomes_link_posts_once(workshop: Workshop) -> None:
    said = added(workshop, str(SAMPLES / "firefox.html"), "--tag", "found")
    assert said.stdout.splitlines()[-1] == "2 links: 2 added"
    assert "note: " in said.stderr and "1 left out: no web address" in said.stderr
    assert text_of(workshop, "2024-05-02-the-lamp-its-keeper.md") == (
        '---\ntitle: "The lamp & its keeper"\npublished: 2024-05-02T07:00:00Z\n'
        'link: "https://quay.example/lamp"\ntags: ["harbour", "light", "found"]\n'
        "note: |-\n  Worth reading twice.\n  He still climbs the stairs.\n---\n"
    )
    again = added(workshop, str(SAMPLES / "pocket.csv"))
    assert again.stdout.splitlines()[-1] == "2 links: 2 there already"
    assert "2 articles published" in workshop.build().stdout


def test_a_link_without_a_title_is_called_by_its_address(workshop: Workshop) -> None:
    added(workshop, str(SAMPLES / "pocket.csv"))
    assert "2024-05-03-quay-example-ferry.md" in articles(workshop)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("nowhere.txt", "can't be read: No such file or directory. Name a file, or an address"),
        ("articles", "articles: can't be read: a folder stands there. Name a file, or an address"),
        ("login.html", "login.html: asks for a login"),
        ("document.pdf", "document.pdf: is a PDF file, not text"),
        ("empty.txt", "empty.txt: has no text"),
        ("own.md --tag x", "own.md: has metadata of its own"),
        ("list.csv --title x", "list.csv: is a list, and a title, a date or a note is of one"),
        ("list.csv --update", "list.csv: is a list of links, of which no page was taken"),
        ("own.md --date yesterday", "`published` can't be read"),
    ],
)
def test_what_can_not_be_added_is_said_in_a_sentence(
    workshop: Workshop, arguments: str, sentence: str
) -> None:
    save(workshop, "login.html", LOGIN)
    save(workshop, "document.pdf", b"%PDF-1.7\n")
    save(workshop, "empty.txt", " \n")
    save(workshop, "own.md", "---\ntitle: Own\n---\nText\n")
    save(workshop, "list.csv", (SAMPLES / "pocket.csv").read_bytes())
    said = workshop.run("add", *arguments.split())
    assert (said.code, said.stdout) == (2, "")
    assert sentence in said.stderr
    assert articles(workshop) == []


def test_json_tells_a_program(workshop: Workshop) -> None:
    said = added(workshop, save(workshop, "page.html", page()), "--json")
    assert json.loads(said.stdout)["articles"] == [
        {
            "outcome": "added",
            "path": "2026-06-15-the-tide.md",
            "title": "The tide",
            "not_found": ["date", "author", "name of the site", "image"],
        }
    ]


def test_quiet_says_nothing(workshop: Workshop) -> None:
    assert added(workshop, "-", "-q", stdin=PASTE).stdout == ""


def test_the_new_article_is_opened_in_the_editor(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text('Edited')"
    monkeypatch.setenv("VISUAL", f'{sys.executable} -c "{program}"')
    added(workshop, "-", "--open", stdin=PASTE)
    assert text_of(workshop, "the-ferry-is-late.txt") == "Edited"


def test_an_editor_that_is_not_there_is_named(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")
    said = workshop.run("add", "-", "--open", stdin=PASTE)
    assert (said.code, "no-such-editor: can't be run" in said.stderr) == (2, True)
    assert articles(workshop) == ["the-ferry-is-late.txt"]


def test_without_the_library_for_pages_it_is_said_how_to_get_it(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    said = workshop.run("add", save(workshop, "page.html", SAVED))
    assert said.code == 2
    assert "trafilatura is not installed. Install it: pip install 'feedpub[add]'." in said.stderr
