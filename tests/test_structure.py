"""The house stands as ARCHITECTURE.md says: imports point down, and each door is used once."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "feedpub"

# From the roof to the ground. A module may import from any floor below its own, and within its
# room; rooms (folders) stand on one floor.
FLOORS = (
    ("__main__",),
    ("cli",),
    ("__init__",),
    ("recovery",),
    ("status", "retract"),
    ("build", "adopt", "schedule"),
    ("config",),
    ("hosts", "run_lock"),
    ("entries",),
    ("articles",),
    ("output",),
    ("ledger", "formats", "cleaning", "metadata", "html"),
    ("parsing",),
    ("text", "http"),
    ("settings",),
    ("model",),
    ("errors", "files", "version", "progress"),
)

# Which modules may import a library that is heavy, or whose ways should stay in one place.
DOORS = {
    "ada_url": ("text.urls",),
    "chardet": ("articles.encoding",),
    "dateutil": ("parsing.dates",),
    "filelock": ("run_lock",),
    "feedgen": ("formats.feedgen_fixes",),
    "feedparser": ("adopt.xml_feed",),
    "brotli": ("hosts.push.documents",),
    "httpx": ("http", "hosts.destinations", "adopt.fetch"),
    "keyring": ("hosts.credentials",),
    "stamina": ("http.client",),
    "linkify_it": ("text.linkify",),
    "lxml": ("formats.xml",),
    "nh3": ("html.sanitise",),
    "pyromark": ("articles.markdown",),
    "rich": ("cli",),
    "selectolax": ("articles.page", "html", "adopt.discover"),
    "tomllib": ("parsing.toml",),
    "typer": ("cli",),
    "yaml_rs": ("articles.front_matter",),
}

MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def imports(name: str) -> set[str]:
    """Every module that `name` imports, at its top, in functions or for typing; own ones begin
    with a dot."""
    found: set[str] = set()
    package = name.split(".") if MODULES[name].name == "__init__.py" else name.split(".")[:-1]
    if name == "__init__":
        package = []
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module or "")
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - (node.level - 1)]
            found |= {own(base, node.module, alias.name) for alias in node.names}
    return found


def own(base: list[str], module: str | None, name: str) -> str:
    path = [*base, *(module.split(".") if module else [])]
    deeper = ".".join([*path, name])
    return "." + (deeper if deeper in MODULES else ".".join(path) or "__init__")


def room(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def floor(name: str) -> int:
    return next(n for n, rooms in enumerate(FLOORS) if room(name) in rooms)


def test_every_module_has_a_floor() -> None:
    known = {name for rooms in FLOORS for name in rooms}
    assert {room(name) for name in MODULES} == known


def test_the_page_on_architecture_shows_every_room() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {f"{room(n)}/" if (PACKAGE / room(n)).is_dir() else f"{room(n)}.py" for n in MODULES}
    assert {each for each in rooms if each not in page} == set()


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_down(name: str) -> None:
    up = {
        other
        for other in (each[1:] for each in imports(name) if each.startswith("."))
        if room(other) != room(name) and floor(other) <= floor(name)
    }
    assert not up


def test_there_are_no_circles() -> None:
    graph = {
        name: {each[1:] for each in imports(name) if each.startswith(".")} - {name}
        for name in MODULES
    }
    while free := {name for name, below in graph.items() if not below & graph.keys()}:
        graph = {name: below for name, below in graph.items() if name not in free}
    assert not graph, "these import each other round and round"


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_one_door(library: str) -> None:
    users = {
        name
        for name in MODULES
        if any(each.split(".", maxsplit=1)[0] == library for each in imports(name))
    }
    assert users
    assert all(
        any(name == door or name.startswith(f"{door}.") for door in DOORS[library])
        for name in users
    ), users


def test_every_dependency_has_a_door() -> None:
    standard = {"tomllib"}
    provided = {"dateutil": "python-dateutil", "linkify_it": "linkify-it-py"}
    stated = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for library in DOORS.keys() - standard - {"rich"}:
        name = provided.get(library, library.replace("_", "-"))
        assert re.search(rf'"{name}(\[\w+\])?>=', stated), library


@pytest.mark.parametrize("name", MODULES)
def test_every_module_opens_with_a_sentence(name: str) -> None:
    sentence = ast.get_docstring(ast.parse(MODULES[name].read_text(encoding="utf-8")))
    assert sentence and sentence.split("\n\n")[0].endswith(".")
