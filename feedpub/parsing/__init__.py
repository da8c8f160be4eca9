"""Reads values as people write them: dates, TOML, and the keys of its tables."""
