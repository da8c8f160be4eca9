"""What an adoption says of addresses: that of the old feed, and the links of its entries."""

from __future__ import annotations

import pytest

from ..workshop import Workshop
from .host import Host
from .old_feeds import CONFIG, adopt, rss, sample, write_feed

LAMP = "<title>The lamp at the end of the pier</title><guid>https://a.example/1</guid>"
LAMP_DATE = "<pubDate>Fri, 01 Mar 2024 10:00:00 +0000</pubDate>"


def on_this_site(workshop: Workshop, host: Host, path: str, more: str = "") -> str:
    """The old feed at `path` of the site of the folder; gives its address."""
    workshop.config(CONFIG.replace("https://harbour.example/", f"{host.url}/") + more)
    host.pages[path] = rss(LAMP + LAMP_DATE).encode()
    return host.url + path


def test_the_line_for_the_address_of_the_old_feed_is_said(workshop: Workshop, host: Host) -> None:
    address = on_this_site(workshop, host, "/feeds/all.xml")
    said = adopt(workshop, address).stderr
    assert 'Write rss = "feeds/all.xml" under [output.names].' in said
    workshop.config(
        CONFIG.replace("https://harbour.example/", f"{host.url}/")
        + '[output.names]\nrss = "feeds/all.xml"\n'
    )
    assert "[output.names]" not in adopt(workshop, address).stderr


def test_a_format_that_is_not_written_is_named_too(workshop: Workshop, host: Host) -> None:
    address = on_this_site(workshop, host, "/rss.xml", '[output]\nformats = ["atom"]\n')
    assert 'name "rss" in `formats` under [output]' in adopt(workshop, address).stderr


def test_an_address_at_which_no_file_can_stand_is_to_redirect(
    workshop: Workshop, host: Host
) -> None:
    address = on_this_site(workshop, host, "/feed/?paged=1")
    assert f"redirect for good (301) to {host.url}/rss.xml" in adopt(workshop, address).stderr


def test_an_old_feed_on_another_site_needs_no_line(workshop: Workshop, host: Host) -> None:
    host.pages["/feed.xml"] = rss(LAMP + LAMP_DATE).encode()
    assert "feed-address" not in adopt(workshop, f"{host.url}/feed.xml", "--json").stdout


@pytest.mark.parametrize(
    ("link", "pattern"),
    [
        ("https://old.example/2024/03/the-lamp/", "https://old.example/{year}/{month}/{slug}/"),
        (
            "https://old.example/notes/2024/03/01/the-lamp.html",
            "https://old.example/notes/{year}/{month}/{day}/{slug}.html",
        ),
        ("https://old.example/the-lamp", "https://old.example/{slug}"),
    ],
)
def test_links_that_would_be_lost_are_named_with_the_pattern_that_keeps_them(
    workshop: Workshop, link: str, pattern: str
) -> None:
    feed = write_feed(workshop, rss(f"{LAMP}<link>{link}</link>{LAMP_DATE}"))
    said = adopt(workshop, feed).stderr
    assert f"warning: 2024-03-01-the-lamp.md: the feed has a link for it, such as {link}" in said
    assert f'Write link = "{pattern}" under [articles], which makes all of them.' in said
    workshop.config(f'{CONFIG}[articles]\nlink = "{pattern}"\n')
    assert "warning" not in adopt(workshop, feed).stderr


def test_links_that_would_change_are_named(workshop: Workshop) -> None:
    workshop.config(f'{CONFIG}[articles]\nlink = "https://new.example/{{slug}}"\n')
    link = "https://old.example/?p=7"
    feed = write_feed(workshop, rss(f"{LAMP}<link>{link}</link>{LAMP_DATE}"))
    said = adopt(workshop, feed).stderr
    assert f"the feed links to {link}, and the article to https://new.example/the-lamp" in said
    assert "Write the old one as `link` into its metadata." in said


def test_nothing_matched_is_said(workshop: Workshop) -> None:
    feed = write_feed(workshop, rss("<title>Else</title><guid>https://a.example/9</guid>"))
    assert "Nothing matched" in adopt(workshop, feed).stdout
    assert "Nothing matched" not in adopt(workshop, sample("hugo")).stdout


def test_a_link_that_is_made_speaks_for_an_article(workshop: Workshop) -> None:
    link = "https://old.example/2024/the-lamp/"
    feed = write_feed(workshop, rss(f"<title>Renamed</title><link>{link}</link>{LAMP_DATE}"))
    assert "Nothing matched" in adopt(workshop, feed).stdout
    pattern = "https://old.example/{year}/{slug}/"
    workshop.config(f'{CONFIG}[articles]\nlink = "{pattern}"\n')
    assert "certain: same link" in adopt(workshop, feed).stdout
