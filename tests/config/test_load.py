"""config.toml is checked as a whole: every error has a code, and all are reported at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedpub.config import load_settings, read_settings
from feedpub.errors import ConfigError, Diagnostic, Severity
from feedpub.settings import DateOrder, Where

from ..workshop import CONFIG

FILE = Path("/somewhere/config.toml")
RULE = '[[cleaning.rule]]\nname = "mine"\npattern = "support our work"\n'


def errors(text: str) -> list[Diagnostic]:
    with pytest.raises(ConfigError) as caught:
        read_settings(text, FILE)
    return list(caught.value.diagnostics)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", "key-missing", "`site` is missing"),
        ('[site]\ntitle = "T"\n', "key-missing", "`site.url` is missing"),
        ('[site]\ntitle = ""\nurl = "https://a.example/"', "value-empty", "`site.title` is empty"),
        (CONFIG + 'title = "T"', "toml-invalid", "this is not TOML"),
        (
            '[site]\ntitle = "T"\nurl = "https://a.example/f/atom.xml"',
            "address-invalid",
            "Write https://a.example/f/.",
        ),
        (CONFIG + 'timezone = "Mars"', "time-zone-unknown", "is not the name of a time zone"),
        (CONFIG + 'date_order = "YMD"', "value-not-allowed", 'must be "DMY" or "MDY", not "YMD"'),
        (CONFIG + 'logo = "https://a:b@c.example/"', "secret-in-address", "no password"),
        (CONFIG + "[output]\nformats = []", "value-empty", "Name at least one"),
        (CONFIG + '[output]\nformats = ["rdf"]', "value-not-allowed", 'has "rdf"'),
        (CONFIG + "[output]\nlimit = 1.5", "value-wrong-type", "0 or more"),
        (CONFIG + '[[feed]]\nname = "main"', "name-invalid", 'can\'t be "main"'),
        (CONFIG + '[[feed]]\nname = "a"\n' * 2, "name-duplicate", "taken by another feed"),
        (CONFIG + "[article]\na.txt = 1", "value-wrong-type", "in quotes"),
        (CONFIG + '[article."a.txt"]\ntitel = "T"', "key-unknown", "Did you mean `title`?"),
        (CONFIG + '[push]\nhubs = ["hub"]', "address-invalid", "is not a web address"),
        (CONFIG + '[cleaning]\ndisable = ["x"]', "value-not-allowed", "is not a rule"),
        (CONFIG + '[cleaning]\nkeep = ["x"]', "value-not-allowed", "kind of line that can be kept"),
        (CONFIG + "[[cleaning.rule]]\nname = 'x'", "value-wrong-type", "missing or not a text"),
        (CONFIG + RULE.replace("support", "("), "pattern-invalid", "not a regular expression"),
        (CONFIG + RULE + 'where = "top"', "value-not-allowed", '"end" or "edges", not "top"'),
        (CONFIG + "[publish]\nheartbeat = 'x'", "address-invalid", "must be a web address"),
    ],
)
def test_a_config_that_is_wrong_is_reported_with_a_code(text: str, code: str, words: str) -> None:
    error = errors(text)[0]
    assert (error.code, error.severity) == (code, Severity.ERROR)
    assert words in str(error)


def test_all_errors_are_reported_in_the_order_of_their_lines() -> None:
    text = '[output]\nlimit = -1\n\n[site]\nurl = "x"\nlanguage = "?"\n'
    assert [error.line for error in errors(text)] == [2, 4, 5, 6]


def test_a_file_that_is_not_there_or_not_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    with pytest.raises(ConfigError) as missing:
        load_settings(file)
    file.write_bytes(b"[site]\ntitle = '\xe9'\n")
    with pytest.raises(ConfigError) as latin_1:
        load_settings(file)
    codes = [each.value.diagnostics[0].code for each in (missing, latin_1)]
    assert codes == ["config-missing", "encoding-not-utf-8"]
    assert latin_1.value.diagnostics[0].line == 2


def test_choices_become_members_of_enums() -> None:
    settings = read_settings(f'{CONFIG}date_order = "MDY"\n{RULE}where = "edges"\n{RULE}', FILE)
    assert settings.site.date_order is DateOrder.MDY
    assert [rule.where for rule in settings.cleaning_rules] == [Where.EDGES, Where.ANYWHERE]
    assert read_settings(CONFIG, FILE).site.date_order is None
