"""Reads the tables `[cleaning]` and `[[cleaning.rule]]`."""

from __future__ import annotations

from ..cleaning import compile_rule, rule_names
from ..parsing.values import Values
from ..settings import CleaningRule, Where
from ..text.wording import listed, nearest, shown


def read_cleaning(values: Values) -> tuple[tuple[CleaningRule, ...], frozenset[str]]:
    """The rules that config.toml adds, and the names of those that it disables."""
    cleaning = values.table("cleaning")
    if cleaning is None:
        return (), frozenset()
    rules = tuple(rule for table in cleaning.tables("rule") if (rule := _read_rule(table)))
    disabled = cleaning.text_list("disable") or ()
    known = (*rule_names(), *(rule.name for rule in rules))
    for name in disabled:
        if name not in known:
            offer = nearest(name, known)
            remedy = f"Did you mean `{offer}`?" if offer else f"Known are {listed(known)}."
            problem = f"names {shown(name)}, which is not a rule"
            cleaning.error("disable", "value-not-allowed", problem, remedy)
    cleaning.reject_unknown_keys(("disable", "rule"), {"rules": "rule"})
    return rules, frozenset(disabled)


def _read_rule(table: Values) -> CleaningRule | None:
    name, pattern = table.required("name"), table.pop("pattern")
    where = table.member("where", Where) or Where.ANYWHERE
    known = ("name", "pattern", "where")
    table.reject_unknown_keys(known, {"regex": "pattern", "match": "pattern"})
    if not isinstance(pattern, str) or not pattern:
        problem = "is missing or not a text"
        table.error("pattern", "value-wrong-type", problem, "Write a regular expression in '…'.")
        return None
    rule = CleaningRule(name=name, pattern=pattern, where=where)
    try:
        compile_rule(rule)
    except ValueError as error:
        table.error("pattern", "pattern-invalid", str(error))
        return None
    return rule
