"""`[output.names]`: where documents of feeds may stand, and what follows from another place."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedpub.config import read_settings
from feedpub.errors import ConfigError
from feedpub.formats import outputs
from feedpub.hosts.serving import DocumentKind, document_kind, media_type

from ..workshop import CONFIG, CONFIG_WITH_LINKS, Workshop

SEA = '[[feed]]\nname = "sea"\n'
HUB = '[push]\nhubs = ["https://hub.example/"]\ntarget = "https://dav.example.org/"\n'


def paths(config: str) -> list[str]:
    settings = read_settings(CONFIG + config, Path("/somewhere/config.toml"))
    return [each.path for feed in settings.feeds for each in outputs(feed, settings)]


def codes(config: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        paths(config)
    return [each.code for each in raised.value.diagnostics]


def test_each_format_of_each_feed_may_have_a_path_of_its_own() -> None:
    chosen = (
        '[output.names]\natom = "feed.xml"\n'
        + SEA
        + 'names = { rss = "tags/sea/index.xml", atom = "sea/feed.atom" }\n'
    )
    assert paths(chosen) == ["feed.xml", "rss.xml", "sea/feed.atom", "tags/sea/index.xml"]


@pytest.mark.parametrize(
    "path",
    """
    ../feed.xml /feed.xml a/../b.xml .feedpub/x.xml a//b.xml C:x.xml é.xml index.html feed feed.rss
    archive/feed.xml feed.0123456789abcdef.xml
    """.split(),
)
def test_a_path_must_be_below_the_folder_and_look_like_a_feeds(path: str) -> None:
    assert codes(f'[output.names]\natom = "{path}"\n') == ["file-name-invalid"]


@pytest.mark.parametrize(
    "config",
    [
        '[output.names]\natom = "rss.xml"\n',
        '[output.names]\natom = "RSS.xml"\n',
        '[output.names]\natom = "feed.xml"\nrss = "feed.xml"\n',
        '[output.names]\natom = "sea/rss.xml"\n' + SEA,
        '[output.names]\natom = "rss.xml/atom.xml"\n',
        SEA + 'names = { atom = "atom.xml" }\n',
    ],
)
def test_two_documents_can_not_have_one_place(config: str) -> None:
    assert codes(config) == ["file-name-duplicate"]


def test_a_place_is_free_where_its_format_is_not_written() -> None:
    config = '[output]\nformats = ["atom"]\nnames = { atom = "rss.xml" }\n'
    assert paths(config) == ["rss.xml"]


def test_a_format_that_is_unknown_is_an_error() -> None:
    assert codes('[output.names]\natmo = "feed.xml"\n') == ["key-unknown"]


def test_a_chosen_name_is_served_as_a_feed() -> None:
    for path in ("feed.xml", "feeds/sea.atom", "sea/index.rss", "feed.xml.gz"):
        assert document_kind(path) is DocumentKind.FEED
    assert media_type("feed.rss") == media_type("rss.xml")


def test_the_feed_names_its_new_address_and_the_old_file_is_named(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path).start(CONFIG_WITH_LINKS, a_txt="A title\n\nAnd a text of it.\n")
    workshop.build()
    workshop.config(CONFIG_WITH_LINKS + '[output.names]\natom = "feed.xml"\n' + HUB)
    said = workshop.build()
    assert "wrote feeds/feed.xml" in said.stdout
    assert b'href="https://example.org/feeds/feed.xml" rel="self"' in workshop.feed("feed.xml")
    assert "feeds/atom.xml: is not made any more" in said.stderr
    assert "nothing new" in workshop.build().stdout
    assert '"feed.xml"' in workshop.run("status", "--json").stdout
    for server in ("nginx", "apache", "caddy"):
        lines = workshop.run("push", "--print-config", server).stdout
        assert "/feeds/feed.xml" in lines
        assert "/feeds/atom.xml" not in lines
