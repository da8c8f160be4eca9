"""Whatever the curator writes, subscribers get a whole feed that says just that."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedpub.text.characters import clean_characters

from ..judges import (
    complaints_about_atom,
    complaints_about_rss,
    read_with_atoma,
    read_with_feedparser,
)
from ..workshop import CONFIG, Workshop

quick = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
nasty = st.sampled_from([
    "]]>", "<![CDATA[", "&amp;", "&lt;b&gt;", "<b>bold</b>", "</title>", "&nbsp;", "\x0b", "\x9d",
    "\ufffe", "\ufeff", "<!--", "-->", "%", "é", "\ufffd", "\u2028", "'", '"', "\\", "x<y", "&#0;",
    "\U0001f469\u200d\U0001f467",
])  # fmt: skip
texts = st.lists(st.one_of(st.text(max_size=20), nasty), max_size=6).map("".join)


def visible(text: str) -> str:
    return " ".join(clean_characters(text.encode(errors="replace").decode()).split())


def toml_string(text: str) -> str:
    return '"' + "".join(f"\\U{ord(c):08X}" for c in text if not "\ud800" <= c <= "\udfff") + '"'


def folder(**said: str) -> Workshop:
    workshop = Workshop(Path(tempfile.mkdtemp(prefix="feedpub-"))).start()
    keys = "\n".join(f"{key} = {value}" for key, value in said.items() if key != "body")
    file = workshop.root / "articles" / "a.txt"
    body = said.get("body", "Some text that is always there.")
    file.write_bytes(f"+++\n{keys}\n+++\n{body}\n".encode(errors="surrogatepass"))
    return workshop


def judge(workshop: Workshop) -> None:
    atom, rss = workshop.feed("atom.xml"), workshop.feed("rss.xml")
    base = "https://example.org/feeds/"
    assert complaints_about_atom(atom, f"{base}atom.xml") == []
    assert complaints_about_rss(rss, f"{base}rss.xml") == []
    for feed in (atom, rss):
        assert read_with_feedparser(feed).bozo == 0
        read_with_atoma(feed)


@quick
@given(title=texts, author=texts, tag=texts)
def test_titles_authors_and_tags_are_shown_as_they_were_written(
    title: str, author: str, tag: str
) -> None:
    author = author.replace("<", "").replace(">", "").replace("@", "")
    tag = tag.replace(",", "")
    workshop = folder(
        title=toml_string("T " + title),
        author=toml_string("A " + author),
        tags=f"[{toml_string('t ' + tag)}]",
    )
    workshop.build()
    judge(workshop)
    atom = read_with_atoma(workshop.feed("atom.xml"))
    rss = read_with_atoma(workshop.feed("rss.xml"))
    assert atom.titles == rss.titles == (visible("T " + title),)
    assert atom.authors == rss.authors == (visible("A " + author),)
    assert atom.tags == rss.tags == (visible("t " + tag),)


@quick
@given(body=st.one_of(texts, st.text(max_size=300)))
def test_any_text_is_published_or_refused_with_a_sentence(body: str) -> None:
    workshop = folder(title='"T"', body=body)
    said = workshop.run("build")
    assert said.code in (0, 1)
    judge(workshop)
    before = workshop.feed("atom.xml"), workshop.feed("rss.xml")
    times = [file.stat().st_mtime_ns for file in sorted((workshop.root / "feeds").iterdir())]
    for file in (workshop.root / "articles").iterdir():
        os.utime(file)
    workshop.later(days=1)
    assert workshop.run("build").code == said.code
    assert before == (workshop.feed("atom.xml"), workshop.feed("rss.xml"))
    assert times == [
        file.stat().st_mtime_ns for file in sorted((workshop.root / "feeds").iterdir())
    ]


@quick
@given(raw=st.binary(max_size=200), ending=st.sampled_from(["txt", "md", "html"]))
def test_any_bytes_are_published_or_refused_with_a_sentence(raw: bytes, ending: str) -> None:
    workshop = Workshop(Path(tempfile.mkdtemp(prefix="feedpub-"))).start()
    (workshop.root / "articles" / f"a.{ending}").write_bytes(raw)
    said = workshop.run("build")
    assert said.code in (0, 1)
    judge(workshop)


@quick
@given(text=st.text(max_size=200), where=st.sampled_from(["config", "site", "front"]))
def test_any_config_and_any_front_matter_gets_a_sentence(text: str, where: str) -> None:
    workshop = Workshop(Path(tempfile.mkdtemp(prefix="feedpub-"))).start()
    broken = {"config": text, "site": CONFIG + text, "front": CONFIG}[where]
    (workshop.root / "config.toml").write_bytes(broken.encode(errors="surrogatepass"))
    front = text if where == "front" else ""
    article = f"---\ntitle: T\n{front}\n---\nText.\n".encode(errors="surrogatepass")
    (workshop.root / "articles" / "a.md").write_bytes(article)
    assert workshop.run("build").code in (0, 1, 2)
