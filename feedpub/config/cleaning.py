"""The tables [cleaning] and [[cleaning.rule]]."""

from __future__ import annotations

from ..cleaning import compile_rule, rule_names
from ..parsing.values import Values
from ..settings import CleaningRule
from ..text.wording import listed, nearest, shown


def cleaning_rules(values: Values) -> tuple[tuple[CleaningRule, ...], frozenset[str]]:
    """The rules of the curator, and the names of those that are switched off."""
    cleaning = values.table("cleaning")
    if cleaning is None:
        return (), frozenset()
    rules = tuple(rule for table in cleaning.tables("rule") if (rule := _rule(table)))
    disabled = cleaning.texts("disable") or ()
    known = (*rule_names(), *(rule.name for rule in rules))
    for name in disabled:
        if name not in known:
            offer = nearest(name, known)
            remedy = f"Did you mean `{offer}`?" if offer else f"Known are {listed(known)}."
            cleaning.fault("disable", f"names {shown(name)}, which is not a rule", remedy)
    cleaning.refuse_the_rest(("disable", "rule"), {"rules": "rule"})
    return rules, frozenset(disabled)


def _rule(table: Values) -> CleaningRule | None:
    name, pattern = table.required("name"), table.take("pattern")
    where = table.text("where") or "anywhere"
    table.refuse_the_rest(("name", "pattern", "where"), {"regex": "pattern", "match": "pattern"})
    if not isinstance(pattern, str) or not pattern:
        table.fault("pattern", "is missing or not a text", "Write a regular expression in '…'.")
        return None
    rule = CleaningRule(name=name, pattern=pattern, where=where)
    try:
        compile_rule(rule)
    except ValueError as error:
        table.fault("pattern", str(error))
        return None
    return rule
