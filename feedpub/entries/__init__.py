"""Articles to entries: which, with which ids and dates, in which feeds, and what they show."""
