"""How a document is served follows from its path alone."""

from __future__ import annotations

import pytest

from feedpub.formats import feed_types
from feedpub.hosts.serving import (
    DocumentKind,
    accepted_media_types,
    document_kind,
    essence,
    is_text,
    media_type,
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("archive/1.xml", DocumentKind.IMMUTABLE),
        ("style.0a1b2c3d4e5f6a7b.css", DocumentKind.IMMUTABLE),
        ("notes-20190502.html", DocumentKind.PAGE),
        ("old-atom.xml", DocumentKind.FEED),
        ("atom.xml", DocumentKind.FEED),
        ("sea/rss.xml.gz", DocumentKind.FEED),
        ("archive/atom.xml", DocumentKind.FEED),
        ("feed.json", DocumentKind.FEED),
        ("sea/index.html", DocumentKind.INDEX),
    ],
)
def test_feeds_go_up_after_what_they_point_to(path: str, kind: DocumentKind) -> None:
    assert document_kind(path) is kind


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("sea/rss.xml", "application/xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("other.json", "application/json; charset=utf-8"),
        ("page.HTML", "text/html; charset=utf-8"),
        ("rss.xml.gz", "application/gzip"),
        ("lamp.mp3", "audio/mpeg"),
        ("README", "application/octet-stream"),
    ],
)
def test_a_media_type_follows_from_the_name(path: str, expected: str) -> None:
    assert media_type(path) == expected


def test_readers_accept_the_type_that_a_feed_is_served_with_and_its_registered_one() -> None:
    for each in feed_types():
        assert each.accepted[0] == essence(each.served_as)
        assert each.media_type in each.accepted
        assert accepted_media_types(each.served_as) >= {*each.accepted}


def test_a_document_of_any_other_type_is_accepted_as_that_alone() -> None:
    assert accepted_media_types("text/html; charset=utf-8") == {"text/html"}
    assert accepted_media_types("application/manifest+json") == {
        "application/manifest+json",
        "application/json",
    }


def test_feeds_and_pages_are_texts_and_pictures_are_not() -> None:
    assert all(is_text(media_type(each.file_name)) for each in feed_types())
    assert is_text("text/html; charset=utf-8")
    assert not is_text("image/svg+xml")
