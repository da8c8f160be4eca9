"""The package stands as ARCHITECTURE.md says: imports point down, one place for each library."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from feedpub.formats import feed_types

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "feedpub"

# From top to bottom: a module imports from its own package and from those below it.
LAYERS = (
    "__main__",
    "cli",
    "__init__",
    "publish",
    "reminders",
    "build",
    "recovery",
    "show",
    "status",
    "retract",
    "folder_state",
    "add",
    "adopt",
    "schedule",
    "init",
    "hosts",
    "run_lock",
    "config",
    "output",
    "entries",
    "articles",
    "cleaning",
    "metadata",
    "ledger",
    "formats",
    "html",
    "http",
    "parsing",
    "text",
    "settings",
    "model",
    "files",
    "errors",
    "progress",
    "version",
)

# Which modules may import a library that is heavy, or whose ways should stay in one place.
LIBRARIES = {
    "ada_url": ("text.urls",),
    "chardet": ("articles.encoding",),
    "dateutil": ("parsing.free_dates",),
    "filelock": ("run_lock",),
    "feedgen": ("formats.feedgen_fixes",),
    "feedparser": ("adopt.xml_feed",),
    "brotli": ("hosts.push.documents",),
    "httpx": ("http", "hosts.destinations", "add.fetch"),
    "keyring": ("hosts.credentials",),
    "stamina": ("http.retries",),
    "linkify_it": ("text.linkify",),
    "lxml": ("formats.xml",),
    "nh3": ("html.sanitise",),
    "pyromark": ("articles.markdown",),
    "rich": ("cli",),
    "selectolax": ("articles.page", "html", "adopt.discover", "add.page", "add.lists.netscape"),
    "tomllib": ("parsing.toml", "parsing.toml_lines"),
    "trafilatura": ("add.page.extract",),
    "typer": ("cli",),
    "yaml_rs": ("articles.yaml_block",),
}

MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


@cache
def imports(name: str) -> frozenset[str]:
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
    return frozenset(found)


def own(base: list[str], module: str | None, name: str) -> str:
    path = [*base, *(module.split(".") if module else [])]
    deeper = ".".join([*path, name])
    return "." + (deeper if deeper in MODULES else ".".join(path) or "__init__")


def package_of(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def own_imports(name: str) -> set[str]:
    return {each[1:] for each in imports(name) if each.startswith(".")}


def test_every_package_has_one_layer() -> None:
    assert sorted({package_of(name) for name in MODULES}) == sorted(LAYERS)


def test_the_page_on_architecture_shows_every_package() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    packages = {package_of(name) for name in MODULES}
    shown = {f"{each}/" if (PACKAGE / each).is_dir() else f"{each}.py" for each in packages}
    assert {each for each in shown if each not in page} == set()


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_down(name: str) -> None:
    layer = LAYERS.index(package_of(name))
    others = {each for each in own_imports(name) if package_of(each) != package_of(name)}
    assert not {each for each in others if LAYERS.index(package_of(each)) <= layer}


def test_there_are_no_circles() -> None:
    graph = {name: own_imports(name) - {name} for name in MODULES}
    while free := {name for name, below in graph.items() if not below & graph.keys()}:
        graph = {name: below for name, below in graph.items() if name not in free}
    assert not graph, "these import each other"


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_imported_in_one_place(library: str) -> None:
    users = {
        name
        for name in MODULES
        if any(each.split(".", maxsplit=1)[0] == library for each in imports(name))
    }
    assert users
    assert all(
        any(name == place or name.startswith(f"{place}.") for place in LIBRARIES[library])
        for name in users
    ), users


def test_every_library_is_a_dependency() -> None:
    standard = {"tomllib"}
    provided = {"dateutil": "python-dateutil", "linkify_it": "linkify-it-py"}
    stated = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for library in LIBRARIES.keys() - standard:
        name = provided.get(library, library.replace("_", "-"))
        assert re.search(rf'"{name}(\[\w+\])?>=', stated), library


# Where the name of a format may stand: texts for people, and the versions that feedparser names.
FORMATS_NAMED_IN = ("formats", "cli", "adopt.xml_feed")


@pytest.mark.parametrize("name", MODULES)
def test_only_the_formats_know_their_names(name: str) -> None:
    if any(name == each or name.startswith(f"{each}.") for each in FORMATS_NAMED_IN):
        return
    names = {text for each in feed_types() for text in (each.name, each.file_name)}
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert not names & texts, "ask a Format instead"


@pytest.mark.parametrize("name", MODULES)
def test_every_module_opens_with_a_sentence(name: str) -> None:
    sentence = ast.get_docstring(ast.parse(MODULES[name].read_text(encoding="utf-8")))
    assert sentence and sentence.split("\n\n")[0].endswith(".")


def public_names(name: str) -> set[str]:
    """What a module defines for others: functions, classes and constants without `_` in front."""
    found: set[str] = set()
    for node in ast.parse(MODULES[name].read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            targets = [each for target in node.targets for each in ast.walk(target)]
            found |= {each.id for each in targets if isinstance(each, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return {each for each in found if not each.startswith("_")}


def test_a_public_name_is_defined_once() -> None:
    # A command of the CLI is named after what it does, and so is the function below it. The version
    # of the package stands in version.py.
    commands = {each.removeprefix("cli.") for each in MODULES if each.startswith("cli.")}
    definitions = Counter(each for name in MODULES for each in public_names(name))
    twice = {name for name, times in definitions.items() if times > 1}
    assert twice - commands == set()


def test_every_code_of_a_diagnostic_is_in_kebab_case() -> None:
    keywords = (
        keyword.value
        for path in MODULES.values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
    )
    codes = {each.value for each in keywords if isinstance(each.value, str)}
    assert len(codes) > 40
    assert {code for code in codes if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code)} == set()
