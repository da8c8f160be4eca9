"""When something was lost: whether ledger, articles and feeds agree, and a ledger from the feeds."""
