"""The docs and the program name the same commands, options, keys and metadata.

docs/commands.md is made from the commands, and in docs/articles.md the table of the names of
metadata: `pytest tests/test_docs.py --rewrite` writes both anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from feedpub.cli.app import app
from feedpub.config import read_settings
from feedpub.errors import ConfigError
from feedpub.metadata import NAMES

from .workshop import CONFIG

DOCS = Path(__file__).parents[1] / "docs"
PAGES = (DOCS.parent / "README.md", *sorted(DOCS.glob("*.md")))
REFERENCE = DOCS / "commands.md"
ARTICLES = DOCS / "articles.md"

# Options of other programs that the docs mention.
OF_OTHERS = {"--user", "--unit"}
# What has to stand in a table so that nothing but the unknown key is wrong in it.
TABLES: Mapping[str, str] = {
    "[site]": CONFIG,
    "[articles]": f"{CONFIG}\n[articles]\n",
    "[output]": f"{CONFIG}\n[output]\n",
    "[[feed]]": f'{CONFIG}\n[[feed]]\nname = "a"\n',
    "[[source]]": f'{CONFIG}\n[[source]]\nfeed = "https://example.org/starred.xml"\n',
    "[cleaning]": f"{CONFIG}\n[cleaning]\n",
    "[[cleaning.rule]]": f'{CONFIG}\n[[cleaning.rule]]\nname = "a"\npattern = "ab+"\n',
    "[push]": f"{CONFIG}\n[push]\n",
    "[[target]]": f'{CONFIG}\n[[target]]\nname = "a"\nurl = "file:///srv/feeds"\n',
    "[publish]": f"{CONFIG}\n[publish]\n",
}


def commands(
    group: TyperGroup | None = None, prefix: str = "feedpub"
) -> Iterator[tuple[str, TyperCommand]]:
    """Each command by all its words, in the order of `feedpub --help`."""
    root = typer.main.get_command(app) if group is None else group
    assert isinstance(root, TyperGroup)
    for name, command in root.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{prefix} {name}")
        elif isinstance(command, TyperCommand):
            yield f"{prefix} {name}", command


def options(command: TyperCommand) -> Iterator[TyperOption]:
    return (each for each in command.params if isinstance(each, TyperOption))


def reference() -> str:
    """docs/commands.md: each command with its help, arguments and options."""
    parts = [
        "# Commands",
        "Made from the program: `feedpub COMMAND --help` says the same.",
    ]
    for name, command in commands():
        arguments = [each for each in command.params if isinstance(each, TyperArgument)]
        words = " ".join([name, *(metavar(each) for each in arguments)])
        parts += [f"## `{words}`", *paragraphs(command.help or "")]
        rows = [option_row(each) for each in options(command) if "--help" not in each.opts]
        if rows:
            parts.append("\n".join(("| option | |", "| --- | --- |", *rows)))
    return "\n\n".join(parts) + "\n"


def paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in re.split(r"\n\s*\n", text.strip())]


def metavar(argument: TyperArgument) -> str:
    name = argument.metavar or (argument.name or "").upper()
    return name if argument.required or name.startswith("[") else f"[{name}]"


def option_row(option: TyperOption) -> str:
    names = ", ".join(f"`{each}`" for each in (*option.opts, *option.secondary_opts))
    return f"| {names} | {option.help} |"


def table_of_names() -> str:
    """The names of metadata in other tools, for docs/articles.md."""
    rows = (
        f"| `{key}` | {', '.join(f'`{name}`' for name in names)} |"
        for key, names in NAMES.items()
        if names
    )
    return "\n".join(("| key | other names |", "| --- | --- |", *rows)) + "\n"


def known_keys(table: str) -> set[str]:
    """The keys of a table of config.toml, as the program lists them."""
    text = TABLES[table] + "xqzxqzxqz = 1\n"
    with pytest.raises(ConfigError) as raised:
        read_settings(text, Path("/somewhere/config.toml"))
    remedy = next(each.remedy for each in raised.value.diagnostics if "xqzxqzxqz" in each.problem)
    return set(re.findall(r"`(\w+)`", remedy))


def documented_keys(table: str) -> set[str]:
    """The keys in the first column of the table in docs/config.md under its heading."""
    page = (DOCS / "config.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## `{table}`\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)
    return {key for row in rows for key in re.findall(r"`(\w+)`", row)}


def test_the_reference_of_commands_is_made_from_the_program(
    request: pytest.FixtureRequest,
) -> None:
    if request.config.getoption("--rewrite"):
        REFERENCE.write_text(reference(), encoding="utf-8")
    assert REFERENCE.read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_a_guide_shows_every_command(name: str) -> None:
    guides = "".join(page.read_text(encoding="utf-8") for page in PAGES if page != REFERENCE)
    assert name in guides


def test_every_command_in_the_docs_exists() -> None:
    known = {name for name, _ in commands()}
    first = {name.split()[1] for name in known}
    for page in PAGES:
        for line in page.read_text(encoding="utf-8").splitlines():
            for word in re.findall(r"(?:`|^    )feedpub ([a-z]+)\b", line):
                assert word in first, f"{page.name}: {line}"


def test_every_option_in_the_docs_exists() -> None:
    known = {name for _, command in commands() for each in options(command) for name in each.opts}
    known |= {"--help", "--version", *OF_OTHERS}
    for page in PAGES:
        mentioned = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page.read_text(encoding="utf-8")))
        assert mentioned <= known, page.name


@pytest.mark.parametrize("table", TABLES)
def test_the_docs_list_the_keys_of_each_table(table: str) -> None:
    expected = known_keys(table)
    if table == "[push]":
        # Its table leaves out what it has in common with [[target]].
        common = known_keys("[[target]]") - {"name", "url"}
        assert common <= expected
        expected -= common
    assert documented_keys(table) == expected


def test_the_docs_list_the_metadata_of_articles() -> None:
    with pytest.raises(ConfigError) as raised:
        read_settings(f'{CONFIG}\n[article."a.txt"]\nxqzxqzxqz = 1\n', Path("/a/config.toml"))
    expected = set(re.findall(r"`(\w+)`", raised.value.diagnostics[0].remedy))
    page = ARTICLES.read_text(encoding="utf-8").replace(table_of_names(), "")
    section = page.partition("\n## Metadata\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)
    assert {key for row in rows for key in re.findall(r"`(\w+)`", row)} == expected


def test_the_table_of_names_is_made_from_the_program(request: pytest.FixtureRequest) -> None:
    page = ARTICLES.read_text(encoding="utf-8")
    if request.config.getoption("--rewrite"):
        table = re.compile(r"^\| key \| other names \|\n(?:\|.*\n)*", re.MULTILINE)
        page = table.sub(table_of_names().replace("\\", r"\\"), page)
        ARTICLES.write_text(page, encoding="utf-8")
    assert table_of_names() in page
