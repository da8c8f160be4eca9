"""Adds articles to a folder: pages of the web, pastes, and the links of lists and feeds."""
