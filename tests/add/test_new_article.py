"""What an article file says is read back as it was meant."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from feedpub.add.new_article import NewArticle, article_file, article_text
from feedpub.articles.front_matter import split_front_matter
from feedpub.config import read_settings
from feedpub.metadata import read_metadata
from feedpub.model import Amount, Day, Enclosure, Metadata, Person, Source
from feedpub.parsing.values import Place
from feedpub.text.characters import clean_characters, one_line

from ..workshop import CONFIG

SITE = read_settings(CONFIG, Path("/a/config.toml")).site
ADDRESS = st.sampled_from(["https://a.example/b?c=d&e=%20#f", "http://b.example/"])
LINE = st.text().map(lambda text: " ".join(one_line(text).split())).filter(bool)
NAME = LINE.filter(lambda text: not set("<>@") & set(text))
TAG = LINE
PARAGRAPHS = st.text().map(lambda text: clean_characters(text).strip()).filter(bool)
MOMENT = st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)).map(
    lambda when: when.replace(microsecond=0, tzinfo=UTC)
)
DAY = st.dates(date(1990, 1, 1), date(2030, 1, 1)).map(lambda day: Day(date=day, zone=SITE.zone))
METADATA = st.builds(
    Metadata,
    title=st.none() | LINE,
    link=st.none() | ADDRESS,
    authors=st.lists(
        st.builds(
            Person, name=NAME, email=st.sampled_from(["", "a@b.org"]), uri=st.just("") | ADDRESS
        ),
        unique=True,
        max_size=2,
    ).map(tuple),
    published=st.none() | MOMENT | DAY,
    draft=st.none() | st.booleans(),
    tags=st.none() | st.lists(TAG, unique=True, max_size=3).map(tuple),
    summary=st.none() | LINE,
    note=st.none() | PARAGRAPHS,
    content=st.none() | st.sampled_from(Amount),
    language=st.sampled_from([None, "en", "pt-BR"]),
    source=st.none() | st.builds(Source, title=LINE, link=st.just("") | ADDRESS),
    enclosures=st.just(())
    | st.just((Enclosure(url="https://a.example/b.mp3", type="audio/mpeg", length=3),)),
    image=st.none() | ADDRESS,
)


def read_back(text: str) -> Metadata:
    metadata, diagnostics = read_metadata(split_front_matter(text).table, Place(name="a"), SITE)
    assert not diagnostics
    return metadata


@given(METADATA)
def test_metadata_is_read_back_as_it_was_written(metadata: Metadata) -> None:
    text = article_text(NewArticle(metadata=metadata, body="Text\n"))
    assert read_back(text) == metadata
    assert split_front_matter(text).body == "Text\n"


def test_without_metadata_the_text_stands_alone() -> None:
    assert article_text(NewArticle(metadata=Metadata(), body="Text\n")) == "Text\n"


def test_a_note_of_several_lines_is_good_to_edit() -> None:
    article = NewArticle(metadata=Metadata(note="One: two\n\n# three"))
    assert article_text(article) == "---\nnote: |-\n  One: two\n\n  # three\n---\n"


def test_the_name_begins_with_the_day_in_the_zone_of_the_site() -> None:
    late = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    article = NewArticle(metadata=Metadata(title="The Tide, again", published=late))
    file = article_file(article, zone=ZoneInfo("Europe/Rome"), today=date(2026, 6, 15))
    assert (file.stem, file.suffix) == ("2026-03-05-the-tide-again", ".md")


def test_an_article_that_states_no_date_is_named_by_the_day_it_is_added() -> None:
    article = NewArticle(metadata=Metadata(link="https://www.a.example/tide/"))
    file = article_file(article, zone=UTC, today=date(2026, 6, 15))
    assert file.stem == "2026-06-15-a-example-tide"
