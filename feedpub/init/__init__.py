"""Starts a folder: config.toml, an example article, and what git is told of the ledger."""
