"""Where each table, key and element of a TOML text stands, whatever the strings in it look like."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.parsing.toml import read_toml
from feedpub.parsing.toml_lines import KeyPath, key_lines


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ('[a."[0-9]*.txt"] # [b]\nc = 1', ("a", "[0-9]*.txt", "c"), 2),
        ("[a.'[ab].txt']\nc = 1", ("a", "[ab].txt", "c"), 2),
        ('[[a."[b]"]]\n[[a."[b]"]]\nc = 1', ("a", "[b][2]", "c"), 3),
        ("[ a . \"b.c\" ]\nd . 'e f' = 1", ("a", "b.c", "d", "e f"), 2),
        ('x = 1\n"a\\u0062\\"]" = 1', ("a", 'b"]'), 0),
        ('x = 1\n"a\\u0062\\"]" = 1', ('ab"]',), 2),
        ("x = 1\n'a\\' = 1", ("a\\",), 2),
        ("a.b.c = 1\na.b.d = 2\na.e = 3", ("a", "b", "d"), 2),
        ("a.b.c = 1\na.b.d = 2\na.e = 3", ("a", "b"), 1),
        ("[a]\nb = 1\n[c]\nb = 2", ("c", "b"), 4),
        ("a = 1\n[b]\nc = 2\na = 3", ("a",), 1),
        ("[a.b]\nc = 1\n[a]\nd = 2", ("a",), 3),
        ("[a.b]\nc = 1\n[d]\ne = 2", ("a",), 1),
    ],
)
def test_keys(text: str, path: KeyPath, line: int) -> None:
    assert lines(text).get(path, 0) == line


@pytest.mark.parametrize(
    "text",
    [
        'a = """\nb = 1\n[c]\nb = 2\n"""\n',
        "a = '''\nb = 1\n[c]\nb = 2\n'''\n",
        "a = '''\n\"\"\" b = 1 '\n[c]\nb = '\"\"\"'\n'''\n",
        'a = """\n\\"""\n\'\'\' b = 1\n\'\'\'\n"""\n',
        'a = """\nb = 1 \\  \n[c] \\\\\n\n"""\n',
        'a = """\n""b = 1""\n\n\n"""""\n',
        "a = '''\n''b = 1''\n\n\n'''''\n",
        'a = ""\na2 = """"""\n\n\n\n',
        'a = "# x" # b = 1 "\n# [c]\n# b = 2\n\n\n',
        "# '''\na = 1 # '''\n\n\n\n",
        "a = 1979-05-27 07:32:00.5 # [c]\n\n# b = 1\n\n\n",
        "a = '\u2028\x85' # \u2028\n\n\n\n\n",
    ],
)
def test_strings_and_comments_hold_no_keys(text: str) -> None:
    assert lines(text + "b = 1\n[c]\nb = 1")["b",] == 6
    assert lines(text + "b = 1\n[c]\nb = 1")["c",] == 7
    assert lines(text + "b = 1\n[c]\nb = 1")["c", "b"] == 8


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ('a = [ # [\n  "b = 1", # ]\n  "]",\n]\nb = 3', ("b",), 5),
        ('a = [\n["b"],\n["c"]\n]\n[d]\nb = 3', ("d", "b"), 6),
        ('a = [\n["b"],\n["c"]\n]\n[d]\nb = 3', ("a[2]",), 3),
        ("a = [\n  { b = 1, c = 2 },\n  { b = 3, c = 4 },\n]", ("a[2]",), 3),
        ("a = [\n  { b = 1 },\n  { b = 3, c = 4 },\n]", ("a[2]", "c"), 3),
        ("a = [\n[{b = 1}], [{b = 2},\n{b = 3}]]", ("a[2][2]", "b"), 3),
        ("a = { b = [\n1, { c = 2 } ], d = 3, e.f = 4 }\ng = 5", ("a", "b[2]", "c"), 2),
        ("a = { b = [\n1 ], d = 3, e.f = 4 }\ng = 5", ("a", "e", "f"), 2),
        ("a = { b = '''\nd = 1\n''', d = 3 }\ng = 5", ("a", "d"), 3),
        ("a = {}\nb = []\nc = [{}, [],\n{}]\nd = 1", ("d",), 5),
    ],
)
def test_arrays_and_inline_tables(text: str, path: KeyPath, line: int) -> None:
    assert lines(text)[path] == line


def test_an_inline_table_may_have_several_lines_as_in_toml_1_1() -> None:
    text = "a = { # b = 1\n  b = 1,\n\n  c = 2,\n}\nd = 3"
    assert key_lines(text) == {("a",): 1, ("a", "b"): 2, ("a", "c"): 4, ("d",): 6}


def test_an_array_of_tables_inside_another_begins_anew_with_it() -> None:
    text = "[[a]]\n[[a.b]]\nc = 1\n[[a.b]]\n[a.b.d]\n[[a]]\n[[a.b]]\nc = 2\n[a.e]\n"
    assert lines(text) == {
        ("a",): 1,
        ("a[1]",): 1,
        ("a[1]", "b"): 2,
        ("a[1]", "b[1]"): 2,
        ("a[1]", "b[1]", "c"): 3,
        ("a[1]", "b[2]"): 4,
        ("a[1]", "b[2]", "d"): 5,
        ("a[2]",): 6,
        ("a[2]", "b"): 7,
        ("a[2]", "b[1]"): 7,
        ("a[2]", "b[1]", "c"): 8,
        ("a[2]", "e"): 9,
    }


def lines(text: str) -> dict[KeyPath, int]:
    read_toml(text)  # only TOML has lines
    return key_lines(text)


# Keys, and how TOML may write them.
KEYS = {
    "a": "a",
    "b-2": "b-2",
    "1979": "1979",
    "x.y": '"x.y"',
    "[0-9]*.txt": "'[0-9]*.txt'",
    'q"\\': r'"q\"\\"',
    "é": r'"\u00e9"',
    "# [c]": "'# [c]'",
    "k = 1": '"k = 1"',
    "": "''",
}
SCALARS = (
    "1",
    "-1.5e3",
    "true",
    "1979-05-27 07:32:00",
    '""',
    '"# [a] \\" = {"',
    "'['",
    '"""\na = 1\n[a]\n""\\"""""',
    "'''\n# '\n[[a]]\na = [\n'''''",
    '"""a \\  \n\n  [a]"""',
)
GAPS = (" ", "\n", '  # a = [ \' """\n  ')
COMMENTS = ("", "\n", "# [a]\n", "  # a = '''\n\n")


@dataclass(frozen=True, kw_only=True)
class Array:
    """An array, with what stands around each of its elements."""

    elements: list[object]
    gap: str


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A value, and the keys that follow the first one to it."""

    rest: list[str]
    value: object


@dataclass(frozen=True, kw_only=True)
class Table:
    """Pairs by their first key, a comment, then tables and arrays of tables."""

    pairs: dict[str, Pair]
    comment: str = ""
    tables: dict[str, object] = field(default_factory=dict)


ANY_KEY = st.sampled_from(sorted(KEYS))


def pairs_of(values: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, Pair]]:
    pair = st.builds(Pair, rest=st.lists(ANY_KEY, max_size=2), value=values)
    return st.dictionaries(ANY_KEY, pair, max_size=3)


def arrays_of(values: st.SearchStrategy[object]) -> st.SearchStrategy[Array]:
    elements = st.lists(values, max_size=3)
    return st.builds(Array, elements=elements, gap=st.sampled_from(GAPS))


def inline_tables_of(values: st.SearchStrategy[object]) -> st.SearchStrategy[Table]:
    return st.builds(Table, pairs=pairs_of(values))


VALUES = st.recursive(
    st.sampled_from(SCALARS), lambda inner: arrays_of(inner) | inline_tables_of(inner), max_leaves=5
)


def tables_of(tables: st.SearchStrategy[object]) -> st.SearchStrategy[Table]:
    return st.builds(
        Table,
        pairs=pairs_of(VALUES),
        comment=st.sampled_from(COMMENTS),
        tables=st.dictionaries(
            ANY_KEY, tables | st.lists(tables, min_size=1, max_size=3), max_size=3
        ),
    )


DOCUMENTS = st.recursive(st.builds(Table, pairs=pairs_of(VALUES)), tables_of, max_leaves=6)


class Writing:
    """Writes a document, and notes on which line each path comes to stand."""

    def __init__(self, document: Table) -> None:
        self.text = ""
        self.lines: dict[KeyPath, int] = {}
        self.table(document, keys=(), path=())

    def note(self, path: KeyPath) -> None:
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def table(self, table: Table, *, keys: KeyPath, path: KeyPath) -> None:
        for first, pair in table.pairs.items():
            self.pair(first, pair, path)
            self.text += "\n"
        self.text += table.comment
        for key, inner in table.tables.items():
            if key in table.pairs:
                continue
            self.note((*path, key))
            if isinstance(inner, Table):
                self.text += f"[{written(*keys, key)}]\n"
                self.table(inner, keys=(*keys, key), path=(*path, key))
            elif isinstance(inner, list):
                for number, element in enumerate(inner, 1):
                    self.note((*path, f"{key}[{number}]"))
                    self.text += f"[[{written(*keys, key)}]]\n"
                    self.table(element, keys=(*keys, key), path=(*path, f"{key}[{number}]"))

    def pair(self, first: str, pair: Pair, path: KeyPath) -> None:
        for key in (first, *pair.rest):
            path = (*path, key)
            self.note(path)
        self.text += f"{written(first, *pair.rest)} = "
        self.value(pair.value, path)

    def value(self, value: object, path: KeyPath) -> None:
        if isinstance(value, str):
            self.text += value
        elif isinstance(value, Array):
            self.array(value, path)
        elif isinstance(value, Table):
            self.inline_table(value, path)

    def array(self, array: Array, path: KeyPath) -> None:
        self.text += "["
        for number, element in enumerate(array.elements, 1):
            inner = (*path[:-1], f"{path[-1]}[{number}]")
            self.text += array.gap
            self.note(inner)
            self.value(element, inner)
            self.text += f"{array.gap},"
        self.text += "]"

    def inline_table(self, table: Table, path: KeyPath) -> None:
        self.text += "{"
        for number, (first, pair) in enumerate(table.pairs.items()):
            self.text += ", " if number else " "
            self.pair(first, pair, path)
        self.text += "}"


def written(*keys: str) -> str:
    return " . ".join(KEYS[key] for key in keys)


@given(DOCUMENTS)
def test_every_path_of_any_document_has_the_line_it_was_written_on(document: Table) -> None:
    writing = Writing(document)
    assert lines(writing.text) == writing.lines
