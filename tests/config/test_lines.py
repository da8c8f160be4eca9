"""config.toml as a whole: every fault names the line that the curator must go to."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedpub.config import read_settings
from feedpub.errors import ConfigError


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(ConfigError) as caught:
        read_settings(text, Path("/somewhere/config.toml"))
    return [(fault.line, fault.problem.partition(" ")[0]) for fault in caught.value.diagnostics]


def test_a_pattern_with_brackets_names_a_table_like_any_other() -> None:
    text = """\
[site]
title = "T"
url = "https://example.org/"

[article."*.txt"]
tags = ["a"]

[article."2019-[0-9]*.txt"]  # [the first year]
tags = 1
"""
    assert faults(text) == [(9, "`tags`")]


def test_a_text_of_several_lines_hides_no_key_and_adds_none() -> None:
    text = """\
[site]
title = "T"
url = "https://example.org/"
description = '''
[output]
limit = "many"
'''

[[cleaning.rule]]
name = "a"
pattern = "^a$"

[output]
formats = [
  "atom",  # limit = 1
]
limit = "many"
"""
    assert faults(text.replace("\n", "\r\n")) == [(17, "`output.limit`")]


def test_a_table_inside_a_list_has_its_own_line() -> None:
    text = """\
[site]
title = "T"
url = "https://example.org/"

[cleaning]
rule = [
  { name = "a", pattern = "^a$" },
  { name = "b", pattern = "(" },
  { name = "c" },
]
"""
    assert faults(text) == [(8, "`cleaning.rule[2].pattern`"), (9, "`cleaning.rule[3].pattern`")]
