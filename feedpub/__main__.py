"""Lets `python -m feedpub` do what `feedpub` does."""

from .cli.app import run

run()
