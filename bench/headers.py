"""How many of 60 natural headers of pastes are understood: what stands above the text is metadata.

    python bench/headers.py        # the two figures, and each header that is not as expected

A header is understood if all that it states is found, and misread if anything is found that it does
not state. Exit code 1: fewer than 58 are understood, or one is misread.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime

from feedpub.articles.paste_head import split_head, split_leading_address, split_note
from feedpub.articles.text import split_title
from feedpub.model import Day, Metadata
from feedpub.settings import Site

BODY = """
The keeper of the north light climbs a hundred and nine steps each evening, and she has done so for
eleven years without missing a night.

Nobody in the village remembers who held the post before her, though the older ones claim to.
"""
TITLE = "The keeper of the north light"
SITE = Site(title="S", url="https://s.example/", description="", language="en", zone=UTC)
UNDERSTOOD = 58
ADA, JOAO = "Ada Example", "João Pereira"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header, with TITLE where the title stands, and what it states."""

    text: str
    link: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    note: str = ""


PAGE = "https://coast.example/2019/05/light"
DAY = "2019-05-01"
HEADERS = (
    Header(text=f"TITLE\n{PAGE}", link=PAGE),
    Header(text=f"{PAGE}\n\nTITLE", link=PAGE),
    Header(text=f"{PAGE}\nTITLE\nBy {ADA}", link=PAGE, authors=(ADA,)),
    Header(text=f"TITLE\nSource: {PAGE}", link=PAGE),
    Header(text="TITLE\nwww.coast.example/light", link="https://www.coast.example/light"),
    Header(text=f"TITLE\n<{PAGE}>", link=PAGE),
    Header(text=f"TITLE\nvia {PAGE}", link=PAGE),
    Header(text=f"TITLE\nBy {ADA}", authors=(ADA,)),
    Header(text=f"TITLE\n\nby {ADA}\n", authors=(ADA,)),
    Header(text=f"TITLE\nBy {ADA} and {JOAO}", authors=(ADA, JOAO)),
    Header(text=f"TITLE\nBy {ADA}, {JOAO} and Zoë van der Berg",
           authors=(ADA, JOAO, "Zoë van der Berg")),
    Header(text=f"TITLE\nBy {ADA} & {JOAO}", authors=(ADA, JOAO)),
    Header(text=f"TITLE\nBy {ADA}, Staff Writer", authors=(ADA,)),
    Header(text=f"TITLE\nBy {ADA}, Senior Correspondent", authors=(ADA,)),
    Header(text=f"TITLE\nWritten by {ADA}", authors=(ADA,)),
    Header(text=f"TITLE\nPosted by {ADA} on May 1, 2019", authors=(ADA,), published=DAY),
    Header(text=f"TITLE\nAuthor: {ADA}", authors=(ADA,)),
    Header(text=f"TITLE\nVon {ADA}", authors=(ADA,)),
    Header(text=f"TITLE\nPor {JOAO}", authors=(JOAO,)),
    Header(text="TITLE\nPar Élodie Garnier", authors=("Élodie Garnier",)),
    Header(text="TITLE\nBy J. R. Sample", authors=("J. R. Sample",)),
    Header(text="TITLE\nBy Siobhán O'Malley-Reyes", authors=("Siobhán O'Malley-Reyes",)),
    Header(text="TITLE\nBY ADA EXAMPLE", authors=("ADA EXAMPLE",)),
    Header(text=f"TITLE\nBy {ADA}\nMay 1, 2019", authors=(ADA,), published=DAY),
    Header(text=f"TITLE\nBy {ADA} | May 1, 2019", authors=(ADA,), published=DAY),
    Header(text=f"TITLE\nBy {ADA} • May 1, 2019 • 5 min read", authors=(ADA,), published=DAY),
    Header(text=f"TITLE\nBy {ADA} – 1 May 2019", authors=(ADA,), published=DAY),
    Header(text=f"TITLE\nBy {ADA}, May 1, 2019", authors=(ADA,), published=DAY),
    Header(text=f"TITLE\nBy {ADA}\n4 minute read", authors=(ADA,)),
    Header(text="TITLE\nPublished May 1, 2019", published=DAY),
    Header(text="TITLE\nPublished on 1 May 2019", published=DAY),
    Header(text="TITLE\nPublished: 2019-05-01", published=DAY),
    Header(text="TITLE\nPosted on May 1st, 2019", published=DAY),
    Header(text="TITLE\nUpdated May 1, 2019", published=DAY),
    Header(text="TITLE\nLast updated: Wednesday, May 1, 2019", published=DAY),
    Header(text="TITLE\nPublished May 1, 2019\nUpdated May 3, 2019",
           published=DAY, updated="2019-05-03"),
    Header(text="TITLE\nPublished May 1, 2019 | Updated May 3, 2019",
           published=DAY, updated="2019-05-03"),
    Header(text="TITLE\nMay 1, 2019 5:00 PM UTC", published="2019-05-01T17:00:00+00:00"),
    Header(text="TITLE\nPublished 2019-05-01T17:00:00+02:00",
           published="2019-05-01T15:00:00+00:00"),
    Header(text="TITLE\nUpdated 5:45 PM ET, Wed May 1, 2019", published=DAY),
    Header(text="TITLE\nPublished 1 May 2019 17.00 BST", published=DAY),
    Header(text="TITLE\nDate: 1 May 2019", published=DAY),
    Header(text=f"TITLE\n{PAGE}\nMay 1, 2019", link=PAGE, published=DAY),
    Header(text=f"TITLE\n{PAGE}\nBy {ADA}\nPublished May 1, 2019",
           link=PAGE, authors=(ADA,), published=DAY),
    Header(text=f"TITLE\nTITLE\nBy {ADA}", authors=(ADA,)),
    Header(text="TITLE\n\nTITLE\n\nPublished May 1, 2019", published=DAY),
    Header(text=">> Worth it for the last page alone.\n\nTITLE",
           note="Worth it for the last page alone."),
    Header(text=f">> Read this slowly.\n>> Twice.\n\n{PAGE}\nTITLE\nBy {ADA}",
           note="Read this slowly.\nTwice.", link=PAGE, authors=(ADA,)),
    Header(text="Everybody on the coast should read this.\n\n---\n\nTITLE",
           note="Everybody on the coast should read this."),
    Header(text=f"I disagree with the end.\n---\n{PAGE}\nTITLE",
           note="I disagree with the end.", link=PAGE),
    # What looks like a header and is text, or states nothing for sure.
    Header(text="TITLE\nBy the sea"),
    Header(text="TITLE\nBy Monday"),
    Header(text="TITLE\nBy Law Every Lamp Must Burn"),
    Header(text="TITLE\n1 May 2019"),
    Header(text="TITLE\n01/05/2019"),
    Header(text="TITLE\nMay 2019"),
    Header(text="TITLE\nBy then it was dark, and Ada Example went home."),
    Header(text="TITLE\n\nA first line that is short.\n\n---\n\nA second part of the same text."),
    Header(text="TITLE\nThe address is https://coast.example/light if you want to go."),
    Header(text="TITLE\n3 hours ago"),
)  # fmt: skip


def read(header: Header) -> Metadata:
    """What the reader of pastes finds in `header` above BODY."""
    text = header.text.replace("TITLE", TITLE) + "\n" + BODY
    noted = split_note(tuple(enumerate(text.split("\n"), 1)))
    addressed = split_leading_address(noted.lines)
    parts = split_title(addressed.lines)
    head = split_head(parts.lines, parts.title, SITE)
    stated = head.metadata
    return Metadata(
        note=noted.metadata.note,
        link=addressed.metadata.link or stated.link,
        authors=stated.authors,
        published=stated.published,
        updated=stated.updated,
    )


def written(when: datetime | Day | None) -> str:
    if isinstance(when, Day):
        return when.date.isoformat()
    return when.isoformat() if when else ""


def as_header(text: str, metadata: Metadata) -> Header:
    return Header(
        text=text,
        link=metadata.link or "",
        authors=tuple(person.name for person in metadata.authors),
        published=written(metadata.published),
        updated=written(metadata.updated),
        note=metadata.note or "",
    )


def is_misread(expected: Header, found: Header) -> bool:
    """Whether something was found that the header does not state."""
    pairs = (
        (getattr(expected, name), getattr(found, name))
        for name in ("link", "authors", "published", "updated", "note")
    )
    return any(is_found and is_found != stated for stated, is_found in pairs)


def main() -> int:
    understood = misread = 0
    for header in HEADERS:
        found = as_header(header.text, read(header))
        understood += found == header
        misread += is_misread(header, found)
        if found != header:
            print(f"expected {header}\n   found {found}\n")
    print(f"{len(HEADERS)} headers: {understood} understood, {misread} misread")
    return int(understood < UNDERSTOOD or misread > 0)


if __name__ == "__main__":
    sys.exit(main())
