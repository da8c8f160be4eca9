"""The journal of ids and dates: ledger.jsonl, its lines, their merging and their conflicts."""
