"""Articles and ledger to entries: which, with which id and dates, in which feeds, and what they show."""
