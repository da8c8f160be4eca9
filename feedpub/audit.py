"""Whether ledger, articles and feeds agree. (Being written by the ledger helper, with
formats/reading.py, rebuild.py, cli/ledger.py, docs/ledger.md, tests/test_ledger_*.py.)"""
