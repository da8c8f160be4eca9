"""Cuts the page furniture that a paste drags along out of the text of an article."""

from .cleaner import Cleaned, Cleaner
from .rules import Rule, compile_rule, load_rules, rule_names, rules_for

__all__ = [
    "Cleaned",
    "Cleaner",
    "Rule",
    "compile_rule",
    "load_rules",
    "rule_names",
    "rules_for",
]
