"""Measures the cleaner on labelled lines: content lost, junk removed, precision.

    python bench/cleaning.py LABELLED.jsonl [--folds 5] [--seed 1]

Each row of the file is {"doc": page, "line": text, "label": "content" | "junk" | "unsure"}, in
reading order. Rules are to be tuned on half A and checked on half B; pages are dealt by checksum.
With --folds, pages are dealt at random: how far the figures of the folds differ is how little
they say of other pages.
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from feedpub.cleaning import Cleaner, load_rules
from feedpub.model import Cut

Page = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Of some pages: how many lines of each label there are, and which ones were cut, why."""

    lines: Counter[str]
    cuts: tuple[tuple[str, Cut], ...]

    def __str__(self) -> str:
        removed = Counter(label for label, _ in self.cuts)
        lost, junk = removed["content"], removed["junk"]
        return (
            f"content lost {lost}/{self.lines['content']} {_percent(lost, self.lines['content'])}"
            f"   recall {junk}/{self.lines['junk']} {_percent(junk, self.lines['junk'])}"
            f"   precision {_percent(junk, junk + lost)}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures the cleaner on labelled lines.")
    parser.add_argument("file", type=Path, help="labelled lines, one JSON object a line")
    parser.add_argument("--show", action="store_true", help="show the content lines that were cut")
    parser.add_argument("--folds", type=int, default=0, help="so many parts, dealt at random")
    parser.add_argument("--seed", type=int, default=0, help="how they are dealt")
    arguments = parser.parse_args()
    pages = read_pages(arguments.file)
    parts = {
        "all": pages,
        "half A": {name: page for name, page in pages.items() if not _in_half_b(name)},
        "half B": {name: page for name, page in pages.items() if _in_half_b(name)},
        **folds(pages, arguments.folds, arguments.seed),
    }
    for name, part in parts.items():
        print(f"{name:7}{len(part):4} pages   {tally(part)}")
    print_rules(tally(pages), show=arguments.show)


def folds(pages: dict[str, Page], count: int, seed: int) -> dict[str, dict[str, Page]]:
    """The pages in `count` parts of one size, dealt by `seed`."""
    names = sorted(pages)
    random.Random(seed).shuffle(names)
    return {
        f"fold {n}": {name: pages[name] for name in names[n - 1 :: count]}
        for n in range(1, count + 1)
    }


def read_pages(file: Path) -> dict[str, Page]:
    """The labelled lines of each page, by its name."""
    pages: defaultdict[str, Page] = defaultdict(list)
    with file.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            pages[row["doc"]].append((row["label"], row["line"]))
    return dict(pages)


def tally(pages: dict[str, Page]) -> Tally:
    """Cleans `pages`, and counts."""
    cleaner = Cleaner(load_rules())
    lines: Counter[str] = Counter()
    cuts: list[tuple[str, Cut]] = []
    for page in pages.values():
        lines.update(label for label, _ in page)
        cleaned = cleaner.clean([(number, text) for number, (_, text) in enumerate(page)])
        cuts.extend((page[cut.line][0], cut) for cut in cleaned.cuts)
    return Tally(lines=lines, cuts=tuple(cuts))


def print_rules(result: Tally, *, show: bool) -> None:
    """Says how often each rule was right, and where it was wrong."""
    by_rule = Counter((cut.rule, label) for label, cut in result.cuts)
    print("\nrule                        junk  content")
    for rule in sorted({rule for rule, _ in by_rule}):
        print(f"{rule:26}{by_rule[rule, 'junk']:6}{by_rule[rule, 'content']:9}")
    if show:
        for label, cut in result.cuts:
            if label == "content":
                print(f"{cut.rule}: {cut.text}")


def _in_half_b(name: str) -> bool:
    return zlib.crc32(name.encode()) % 2 == 1


def _percent(part: int, whole: int) -> str:
    return f"({100 * part / whole:.2f} %)" if whole else "(none)"


if __name__ == "__main__":
    main()
