"""Ten years of a feed, week by week, and a reader with a database of its own that follows it.

A thousand articles come; they are edited, retitled, renamed, moved, they expire, are deleted,
withdrawn and restored; the site moves to another domain twice, and once to a machine that has
nothing but what git keeps. The reader must see each article as new once, each edit as an update,
and nothing else.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from reader import Entry, EntryUpdateStatus, Reader, make_reader

from feedpub.config import load_settings
from feedpub.ledger.store import read_ledger
from feedpub.output.built import outdated
from feedpub.settings import LEDGER_FILE

from ..workshop import Workshop

pytestmark = pytest.mark.real

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
WEEKS = 520
ARTICLES = 1000
CONFIG = """\
[site]
title = "Ten years"
url = "https://{domain}/feeds/"
language = "en"
author = "Ada Example"
timezone = "Europe/Lisbon"

[output]
formats = ["atom"]
limit = 150
"""
WORDS = "harbour ferry tide lamp quay storm rope salt gull pier north mast keel reef sand".split()
FOLDERS = ("", "2020s/", "archive/old/", "notes/")


@dataclass
class Story:
    """What the curator knows of one article."""

    number: int
    path: str
    title: str
    text: str


@dataclass
class Curator:
    """Who writes, edits and tidies up, by the throw of the dice."""

    workshop: Workshop
    dice: random.Random
    stories: list[Story] = field(default_factory=list)
    added: int = 0
    news: set[int] = field(default_factory=set)
    edits: set[int] = field(default_factory=set)
    withdrawn: list[Story] = field(default_factory=list)
    never_seen: set[int] = field(default_factory=set)

    def paragraph(self) -> str:
        return " ".join(self.dice.choices(WORDS, k=30)).capitalize() + "."

    def write(self, story: Story, head: str = "") -> None:
        self.workshop.article(story.path, f"{head}{story.title}\n\n{story.text}\n")

    def add(self) -> None:
        number = self.added
        self.added += 1
        text = "\n\n".join(self.paragraph() for _ in range(4))
        name = f"{self.dice.choice(WORDS)}-{number}.txt"
        story = Story(number, name, f"Story {number} of the {self.dice.choice(WORDS)}", text)
        self.stories.append(story)
        self.news.add(number)
        self.write(story)

    def recent(self) -> Story:
        return self.stories[-self.dice.randint(1, min(len(self.stories), 60))]

    def edit(self) -> None:
        story = self.recent()
        first, *rest = story.text.split("\n\n")
        story.text = "\n\n".join([f"{first} And {self.paragraph()}", *rest])
        self.write(story)
        self.edits.add(story.number)

    def retitle(self) -> None:
        story = self.recent()
        story.title = f"{story.title} again"
        self.write(story)
        self.edits.add(story.number)

    def tidy(self) -> None:
        """White space and the order of things: no subscriber sees a difference."""
        story = self.recent()
        self.workshop.article(story.path, f"{story.title}   \r\n\r\n{story.text}\r\n\r\n")

    def move(self) -> None:
        story = self.recent()
        articles = self.workshop.root / "articles"
        path = f"{self.dice.choice(FOLDERS)}{self.dice.choice(WORDS)}-{self.dice.random():.6f}.txt"
        (articles / path).parent.mkdir(parents=True, exist_ok=True)
        (articles / story.path).rename(articles / path)
        story.path = path

    def expire(self) -> None:
        story = self.recent()
        day = f"{self.workshop.now - timedelta(days=1):%Y-%m-%d}"
        self.write(story, head=f"---\nexpires: {day}\n---\n")
        self.forget(story)

    def withdraw(self) -> None:
        story = self.recent()
        if story.number not in self.news:
            assert self.workshop.run("retract", story.path).code == 0
            self.forget(story)
            self.withdrawn.append(story)

    def restore(self) -> None:
        """What was withdrawn comes back as it was: readers have it already."""
        if self.withdrawn:
            story = self.withdrawn.pop()
            assert self.workshop.run("restore", story.path).code == 0
            self.stories.append(story)
            self.stories.sort(key=lambda each: each.number)

    def delete(self) -> None:
        story = self.recent()
        (self.workshop.root / "articles" / story.path).unlink()
        self.forget(story)

    def forget(self, story: Story) -> None:
        self.stories.remove(story)
        if story.number in self.news:
            self.never_seen.add(story.number)
        self.news.discard(story.number)
        self.edits.discard(story.number)

    def touch(self) -> None:
        for file in (self.workshop.root / "articles").rglob("*.txt"):
            file.touch()


@dataclass
class Subscriber:
    """The reader, and what it has seen of each entry, by the number in its title."""

    reader: Reader
    new: list[int] = field(default_factory=list)
    modified: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> Subscriber:
        subscriber = cls(make_reader(str(folder / "reader.db"), feed_root=str(folder / "served")))
        subscriber.reader.add_feed("atom.xml")
        subscriber.reader.after_entry_update_hooks.append(subscriber.note)
        return subscriber

    def note(self, _: Reader, entry: object, status: EntryUpdateStatus) -> None:
        number = int(str(getattr(entry, "title", "")).split()[1])
        (self.new if status is EntryUpdateStatus.NEW else self.modified).append(number)

    def update(self) -> tuple[list[int], list[int]]:
        self.new, self.modified = [], []
        self.reader.update_feed("atom.xml")
        return sorted(self.new), sorted(self.modified)

    def entries(self) -> list[Entry]:
        return list(self.reader.get_entries())


def clone(root: Path, goal: Path) -> None:
    """The folder as git keeps it, on another machine."""
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "init", "-q"], cwd=root, check=True)
    subprocess.run([*git, "add", "-A"], cwd=root, check=True)
    subprocess.run([*git, "commit", "-qm", "all"], cwd=root, check=True)
    subprocess.run([*git, "clone", "-q", str(root), str(goal)], check=True)


def left_to_build(root: Path) -> list[str]:
    settings = load_settings(root / "config.toml")
    return [str(fault) for fault in outdated(settings, read_ledger(root / LEDGER_FILE))]


def actions(curator: Curator, week: int) -> None:
    due = round((week + 1) * ARTICLES / WEEKS)
    while curator.added < due:
        curator.add()
    dice = curator.dice
    for chance, action in (
        (0.3, curator.edit),
        (0.2, curator.retitle),
        (0.3, curator.move),
        (0.2, curator.tidy),
        (0.05, curator.expire),
        (0.05, curator.delete),
        (0.1, curator.withdraw),
        (0.05, curator.restore),
        (0.05, curator.touch),
    ):
        if dice.random() < chance:
            action()


def test_a_reader_sees_each_article_as_new_once_and_each_edit_as_an_update(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path / "first", now=START)
    workshop.start(CONFIG.format(domain="first.example"))
    curator = Curator(workshop, random.Random(10))
    served = tmp_path / "served"
    served.mkdir()
    subscriber: Subscriber | None = None
    for week in range(WEEKS):
        workshop.later(weeks=1, minutes=curator.dice.randint(-300, 300))
        if week in (170, 340):
            workshop.config(CONFIG.format(domain=f"moved-{week}.example"))
        if week == 260:
            clone(workshop.root, tmp_path / "second")
            workshop.root = tmp_path / "second"
        actions(curator, week)
        workshop.build("-q")
        assert not left_to_build(workshop.root), f"not ready for a push in week {week}"
        shutil.copyfile(workshop.root / "feeds" / "atom.xml", served / "atom.xml")
        subscriber = subscriber or Subscriber.of(tmp_path)
        new, modified = subscriber.update()
        assert new == sorted(curator.news), f"new in week {week}"
        assert modified == sorted(curator.edits - curator.news), f"edited in week {week}"
        curator.news.clear()
        curator.edits.clear()
    assert subscriber is not None
    titles = [str(entry.title) for entry in subscriber.entries()]
    assert len(titles) == len(set(titles)) == ARTICLES - len(curator.never_seen)
