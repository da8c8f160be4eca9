"""The journal of ids and dates: ledger.jsonl, its lines, how two of them merge and where they conflict."""
