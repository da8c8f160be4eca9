"""Front matter at the head of an article: where it ends, and what is wrong with it."""

from __future__ import annotations

from datetime import date

import pytest

from feedpub.articles.front_matter import FrontMatterError, split_front_matter
from feedpub.errors import Severity


def test_yaml_stands_between_dashes() -> None:
    front = split_front_matter("---\ntitle: T\npublished: 2019-05-02\n---\nBody\n")
    assert front.table == {"title": "T", "published": date(2019, 5, 2)}
    assert (front.body, front.body_line) == ("Body\n", 5)
    assert front.line_of("published") == 3


def test_toml_stands_between_pluses() -> None:
    front = split_front_matter('+++\ntitle = "T"\n\n[source]\nlink = "x"\n+++\n\nBody\n')
    assert front.table == {"title": "T", "source": {"link": "x"}}
    assert (front.body, front.body_line) == ("\nBody\n", 7)
    assert front.line_of("source.link") == 5


def test_a_text_in_the_toml_moves_no_line() -> None:
    text = "\n+++\nsummary = '''\nlink = 1\n[source]\n'''\n[source]\nlink = 2\n+++\nBody\n"
    front = split_front_matter(text)
    assert [front.line_of(key) for key in ("summary", "source", "source.link")] == [3, 7, 8]
    assert front.body_line == 10


@pytest.mark.parametrize(
    "text",
    [
        "No block at all\n",
        "---\n\nA Markdown rule, then text\n\n---\n",
        "---\nA paste that begins with dashes\n",
        "\n---\nA rule, and a heading\n---\n",
        "Text\n---\ntitle: not at the head\n---\n",
    ],
)
def test_what_is_not_a_block_is_text(text: str) -> None:
    assert split_front_matter(text).body == text


@pytest.mark.parametrize("fence", ["---\ntitle: T\n---", '+++\ntitle = "T"\n+++'])
def test_blank_lines_may_stand_above_it(fence: str) -> None:
    front = split_front_matter(f"\n\n{fence}\nBody\n")
    assert front.table == {"title": "T"}
    assert (front.line_of("title"), front.body, front.body_line) == (4, "Body\n", 6)
    with pytest.raises(FrontMatterError) as raised:
        split_front_matter("\n\n---\ndate: a\ndate: b\n---\n")
    assert raised.value.line == 5


def test_a_block_may_be_empty() -> None:
    assert split_front_matter("---\n---\nBody\n").table == {}
    assert split_front_matter("+++\n+++\nBody\n").table == {}


def test_a_blank_line_may_follow_the_dashes_and_dots_may_close() -> None:
    front = split_front_matter("---\n\ntitle: T\n...\nBody\n")
    assert (front.table, front.body, front.body_line) == ({"title": "T"}, "Body\n", 5)
    assert front.line_of("title") == 3


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("title: Two points: a lesson", "Two points: a lesson"),
        ("title: Issue #12 fixed", "Issue #12 fixed"),
        ("author: @ada", "@ada"),
        ("title: *Stars* again", "*Stars* again"),
        ("title: `make` again", "`make` again"),
        ('title: "No" is a word', '"No" is a word'),
        ('title: "No" and "yes"', '"No" and "yes"'),
        ("title: 'It's open'", "It's open"),
        ('title: "It is open', "It is open"),
        ("summary: - not a list", "- not a list"),
        ("title: [Draft] The sea", "[Draft] The sea"),
        ("source: The Gazette: news", "The Gazette: news"),
        ("description: One: two\n  and three", "One: two and three"),
    ],
)
def test_a_text_of_ours_that_is_no_yaml_is_read_as_it_is_written(line: str, value: str) -> None:
    front = split_front_matter(f"---\nlayout: post\n{line}\ndraft: false\n---\n")
    key = line.partition(":")[0]
    assert front.table == {"layout": "post", key: value, "draft": False}
    (repair,) = front.repairs
    assert (repair.line, repair.severity) == (3, Severity.NOTE)
    assert f"`{key}` is taken as plain text" in repair.problem


@pytest.mark.parametrize("line", ["title: The sea # draft", "link: https://a.example #top"])
def test_a_comment_of_yaml_stays_one(line: str) -> None:
    front = split_front_matter(f"---\n{line}\n---\n")
    assert "#" not in str(front.table)
    assert front.repairs == ()


def test_a_text_in_quotes_may_go_on_at_the_margin() -> None:
    front = split_front_matter('---\ntitle: "One\ntwo: three"\ntags: [x]\n---\n')
    assert (front.table, front.repairs) == ({"title": "One two: three", "tags": ["x"]}, ())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("tags: [x", "front-matter-invalid"),
        ("theme: @dark", "front-matter-invalid"),
        (r'image: "C:\pictures\x.png"', "front-matter-invalid"),
        ("menu:\n\tmain: 1", "front-matter-invalid"),
        ("title: The sea", "key-duplicate"),
    ],
)
def test_a_value_that_is_no_yaml_and_decides_nothing_is_passed_over(line: str, code: str) -> None:
    front = split_front_matter(f"---\n{line}\ntitle: T\n---\n")
    assert front.table == {"title": "T"}
    (repair,) = front.repairs
    assert (repair.line, repair.severity, repair.code) == (2, Severity.WARNING, code)


@pytest.mark.parametrize(
    ("block", "remedy"),
    [
        ("date: [x", "Close it"),
        (r'date: "C:\Users\ada"', "in single quotes"),
        ("extra:\n\tdraft: true", "Put blanks in place of tabs."),
        ("date: @x", "quotes"),
        ("- a", "`key: value`"),
        (": `", "quotes"),
    ],
)
def test_every_error_has_a_remedy(block: str, remedy: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        split_front_matter(f"---\n{block}\n---\n")
    assert remedy in caught.value.remedy


def test_yaml_does_not_guess() -> None:
    front = split_front_matter("---\na: no\nb: 12:30\nc: 010\nd: yes\n---\n")
    assert front.table == {"a": "no", "b": "12:30", "c": 10, "d": "yes"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\ntitle: a\ndraft: [x\n---\n", 3, "bracket"),
        ("---\ndate: a: b\n---\n", 2, "quotes"),
        ("---\ndraft: false\nlink: x\ndraft: true\n---\n", 4, "twice"),
        ("---\nextra:\n\tdraft: true\n---\n", 3, "a tab stands"),
        ("---\n- a\n- b\n---\n", 2, "key: value"),
        ("---\ntitle: a\nBody without an end\n", 1, "never closed"),
        ("+++\ntitle = a\n+++\n", 2, "not TOML"),
        ("+++\na = 1\na = 2\n+++\n", 3, "there already"),
        ("+++\ntitle = 1\n", 1, "never closed"),
    ],
)
def test_a_broken_block_is_reported_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        split_front_matter(text)
    assert caught.value.line == line
    assert words in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("block", "path", "line"),
    [
        ("link: a\nsource:\n  title: b\n  link: c", "source.link", 5),
        ("link: a\nsource:\n  title: b\n  link: c", "link", 2),
        ("source:\n  link: a\nlink: b", "link", 4),
        ("source:\n  title: a\nlink: b", "source.link", 2),
        ("source: { title: a }\nlink: b", "source.link", 2),
        ("source: {\n  title: a,\n  link: b }", "source.link", 4),
        ("authors:\n- name: a\n  email: b\n- name: c", "authors.email", 4),
        ("authors:\n  - name: a\n    email: b\nemail: c", "email", 5),
        ("summary: |\n  link: a\n\n  b\nlink: c", "link", 6),
        ("summary: >-  # text\n  a\n   source:\nsource:\n  link: c", "source.link", 6),
        ("source:\n  title: |2\n\n    link: a\n  link: c", "source.link", 6),
        ("source:\n- !!str |\n  link: a\n- link: c", "source.link", 5),
        ("authors:\n- name: |\n    email: a\n  email: b", "authors.email", 5),
        ("title: a |\nlink: b", "link", 3),
        ("\"title\": a\n'link' : b", "link", 3),
        ("# link: a\ntitle: b # link: c\nlink: d", "link", 4),
        ("title: a", "link", 0),
    ],
)
def test_a_yaml_key_has_its_own_line_or_that_of_its_mapping(
    block: str, path: str, line: int
) -> None:
    assert split_front_matter(f"---\n{block}\n---\n").line_of(path) == line


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("draft: a\ndraft: b\nsummary: |\n  draft: c", 3),
        ("extra: { draft: a, draft: b }", 1),
    ],
)
def test_a_yaml_key_that_is_said_twice_is_told_with_its_line(block: str, line: int) -> None:
    with pytest.raises(FrontMatterError, match="`draft` is said twice") as caught:
        split_front_matter(f"---\n{block}\n---\n")
    assert caught.value.line == line
