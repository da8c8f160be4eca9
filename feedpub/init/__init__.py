"""Starts a folder: config.toml, an example article, and how git merges two ledgers."""
