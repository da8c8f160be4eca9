"""What makes an entry an article, and what leaves a doubt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..workshop import Workshop
from .old_feeds import CONFIG, adopt, found, ledger, rss, sample

NAMESAKES = rss(
    "<title>Weekly notes</title><guid>https://a.example/1</guid><link>https://a.example/w1</link>",
    "<title>Weekly notes</title><guid>https://a.example/2</guid><link>https://a.example/w2</link>",
)


@pytest.fixture
def weekly(tmp_path: Path) -> Workshop:
    workshop = Workshop(tmp_path / "folder").start(
        CONFIG,
        a_txt="Weekly notes\n\nThe first week had seven days.\n",
        b_txt="Weekly notes\n\nThe second one had as many.\n",
    )
    (workshop.root / "old.xml").write_text(NAMESAKES)
    return workshop


def test_namesakes_are_in_doubt_and_not_adopted(weekly: Workshop) -> None:
    result = weekly.run("adopt", "old.xml", "--yes", "--import")
    assert result.code == 1
    assert sum(line.startswith("doubt\t") for line in result.stdout.splitlines()) >= 2
    assert "write the link of the entry into the metadata" in result.stdout
    assert ledger(weekly) == []
    assert len(list((weekly.root / "articles").iterdir())) == 2


def test_a_link_in_the_metadata_settles_it(weekly: Workshop) -> None:
    weekly.config(
        CONFIG
        + '[article."a.txt"]\nlink = "http://www.a.example/w2/?utm_source=feed"\n'
        + '[article."b.txt"]\nlink = "https://a.example/w1"\n'
    )
    result = adopt(weekly, "old.xml", "--yes", "--json")
    assert found(result) == {"a.txt": "https://a.example/2", "b.txt": "https://a.example/1"}


def test_an_article_that_says_another_id_is_in_doubt(workshop: Workshop) -> None:
    file = workshop.root / "articles" / "quay.txt"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"---\nid: urn:x:1\n---\n{text}", encoding="utf-8")
    report = json.loads(adopt(workshop, sample("hugo"), "--json").stdout)
    (doubt,) = report["doubts"]
    assert doubt["candidates"][0]["path"] == "quay.txt"
    assert doubt["candidates"][0]["why"][-1] == "but it says id = urn:x:1"


def test_the_same_title_years_apart_is_another_article(workshop: Workshop) -> None:
    feed = workshop.root / "old.xml"
    lamp = "<title>The lamp at the end of the pier</title><guid>https://a.example/1</guid>"
    feed.write_text(rss(f"{lamp}<pubDate>Sat, 04 Mar 2006 10:00:00 +0000</pubDate>"))
    report = json.loads(adopt(workshop, str(feed), "--json").stdout)
    assert not report["matches"]
    (doubt,) = report["doubts"]
    assert "days apart" in doubt["candidates"][0]["why"][1]


def test_text_alone_is_enough_where_it_is_the_same(workshop: Workshop) -> None:
    feed = workshop.root / "old.xml"
    feed.write_text(
        rss(
            "<guid>https://a.example/1</guid><description>The masons have come back to the "
            "quay with forty stones, each with a number, each a little too wide.</description>"
        )
    )
    assert found(adopt(workshop, str(feed), "--json")) == {"quay.txt": "https://a.example/1"}


def test_text_without_blanks_between_words_is_compared_too(workshop: Workshop) -> None:
    text = "港の灯が四年ぶりに灯された。誰の電球かは分からない。船は新しい灯に慣れる。"
    workshop.article("akari.txt", f"港の灯\n\n{text}\n")
    feed = workshop.root / "old.xml"
    feed.write_text(
        rss(f"<guid>https://a.example/1</guid><description>{text[:25]}</description>"),
        encoding="utf-8",
    )
    assert found(adopt(workshop, str(feed), "--json")) == {"akari.txt": "https://a.example/1"}


def test_an_article_that_can_not_be_read_is_named(workshop: Workshop) -> None:
    workshop.article("broken.md", "---\ndate: [\n---\nText.\n")
    result = workshop.run("adopt", sample("hugo"), "--yes")
    assert result.code == 1
    assert "left out: broken.md:" in result.stderr
    report = json.loads(workshop.run("adopt", sample("hugo"), "--json").stdout)
    assert [each["place"] for each in report["left_out"]] == ["broken.md"]
    assert len([each for each in ledger(workshop) if "entry" in each]) == 4
