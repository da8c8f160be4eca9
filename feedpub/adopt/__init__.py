"""Adopts a feed that another program made: its ids and dates become those of the articles."""
