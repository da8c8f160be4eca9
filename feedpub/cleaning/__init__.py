"""Cuts page furniture, such as share buttons, that was pasted with the text of an article."""

from .cleaner import Cleaned, Cleaner
from .rules import LineRule, compile_rule, load_rules, rule_names, rules_by_kind, rules_for

__all__ = [
    "Cleaned",
    "Cleaner",
    "LineRule",
    "compile_rule",
    "load_rules",
    "rule_names",
    "rules_by_kind",
    "rules_for",
]
