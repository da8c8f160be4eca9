"""Takes over the ids and dates of a feed that something else has made."""
