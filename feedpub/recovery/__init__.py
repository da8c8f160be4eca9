"""Recovery: whether ledger, articles and feeds agree, and a lost ledger made from the feeds."""
