"""Reads the tables `[cleaning]` and `[[cleaning.rule]]`."""

from __future__ import annotations

from ..cleaning import compile_rule, rule_names, rules_by_kind
from ..parsing.values import Values
from ..settings import CleaningRule, Where
from ..text.wording import listed, nearest, shown


def read_cleaning(values: Values) -> tuple[tuple[CleaningRule, ...], frozenset[str]]:
    """The rules that config.toml adds, and the names of those that it disables."""
    cleaning = values.table("cleaning")
    if cleaning is None:
        return (), frozenset()
    rules = tuple(rule for table in cleaning.tables("rule") if (rule := _read_rule(table)))
    known = (*rule_names(), *(rule.name for rule in rules))
    disabled = _read_names(cleaning, "disable", known, "a rule")
    kinds = rules_by_kind()
    kept = _read_names(cleaning, "keep", tuple(kinds), "a kind of line that can be kept")
    cleaning.reject_unknown_keys(("disable", "keep", "rule"), {"rules": "rule"})
    return rules, frozenset(disabled).union(*(kinds[kind] for kind in kept))


def _read_names(cleaning: Values, key: str, known: tuple[str, ...], what: str) -> tuple[str, ...]:
    names = cleaning.text_list(key) or ()
    for name in names:
        if name not in known:
            offer = nearest(name, known)
            remedy = f"Did you mean `{offer}`?" if offer else f"Known are {listed(known)}."
            problem = f"names {shown(name)}, which is not {what}"
            cleaning.error(key, "value-not-allowed", problem, remedy)
    return tuple(name for name in names if name in known)


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
