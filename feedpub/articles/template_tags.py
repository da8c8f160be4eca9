"""Tags of the template languages of other tools in an article: Liquid, Hugo, Nunjucks, MDX.

What means the same everywhere is understood; the rest stays in the text, and is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from ..model import Kind
from ..text.urls import origin
from .site_paths import hugo_address, jekyll_address, zola_address

_MAY_HAVE_TAGS = re.compile(r"\{[%{#]|^(?:import|export)\s|\]\(@/", re.MULTILINE)
# Characters. What is longer from one bracket to the other is no tag.
_MAX_TAG_LENGTH = 1000

# In the order in which they are tried at one place. What is code is passed by.
_CODE_OF_HTML = r"<(?P<element>pre|code|script|style)\b.*?</(?P=element)>|<!--.*?-->"
_CODE_OF_MARKDOWN = (
    r"(?m:^)[ \t>]*(?:[-*+][ ]+|\d+[.)][ ]+)?(?P<fence>`{3,}|~{3,})[^\n]*\n"
    r"(?:(?:.*?\n)??[ \t>]*(?P=fence)[`~]*[ \t]*(?m:$)|.*)"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)"
    r"|(?<=\n\n)(?:(?:[ ]{4}|\t)[^\n]*(?:\n|\Z))+"
)
_TAGS = {
    "raw": r"\{%-?\s*raw\s*-?%\}(?P<raw_text>.*?)\{%-?\s*endraw\s*-?%\}",
    "comment": (
        r"\{%-?\s*comment\b.*?endcomment\s*-?%\}|\{\{[<%]?-?\s*/\*.*?\*/\s*-?[>%]?\}\}"
        r"|\{#\s[^\n]*?\s#\}|\{/\*.*?\*/\}"
    ),
    "highlight": (
        r"(?:\{%-?\s*highlight\s+|\{\{[<%]\s*highlight\s+[\"'`]?)(?P<language>[\w+#.-]*)"
        r"[^\n]*?[>%]\}{1,2}\n?(?P<listing>.*?)"
        r"(?:\{%-?\s*endhighlight\s*-?%\}|\{\{[<%]\s*/\s*highlight\s*[>%]\}\})"
    ),
    "figure": r"\{\{[<%]\s*figure\s(?P<attributes>.*?)/?\s*[>%]\}\}",
    "ref": r"\{\{[<%]\s*(?:rel)?ref\s+(?:path=)?[\"'`]?(?P<page>[^\"'`\s]+)[\"'`]?.*?[>%]\}\}",
    "post": r"\{%-?\s*(?:post_url|link)\s+(?P<post_path>\S+?)\s*-?%\}",
    "zola": r"(?<=\]\()@/(?P<zola_page>[^\s()]+)",
    "site": r"\{\{-?\s*site\.(?P<part>url|baseurl)\s*-?\}\}",
    "address": (
        r"\{\{-?\s*[\"'](?P<literal>[^\"'\n{}]*)[\"']\s*(?:\|\s*(?:relative_url|absolute_url|url"
        r"|prepend:\s*site\.(?:base)?url)\s*)+-?\}\}"
    ),
    "imported": (
        r"(?m:^)(?:import\s+(?:[\w*{}\s,$]+?\sfrom\s+)?[\"'][^\"'\n]+[\"'];?[ \t]*"
        r"|export\s+(?:const|let|default)\s[^\n]*;?)(?m:$)"
    ),
    "unknown": r"\{%.*?%\}|\{\{.*?\}\}",
}
_LAYOUT = re.compile(
    r"\{%-?\s*(?:extends|block)\b|\{\{-?\s*(?:content|\.Content|define\s|range\s|block\s)"
)
_LISTING = re.compile(
    r"\{%-?\s*for\s+\w+\s+in\s+(?:site|collections|paginator|pagination|posts|pages)\b"
)
_MADE = re.compile(
    r"\{%-?\s*for\b.*?\{%-?\s*endfor\b.*?%\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL
)
# Characters. A page that lists others has a line or two of its own; an article has more.
_MIN_OWN_TEXT = 200
_ATTRIBUTE = re.compile(r"(?P<name>\w+)=(?:\"(?P<text>[^\"]*)\"|`(?P<raw>[^`]*)`|(?P<word>\S+))")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateTag:
    """A tag that is not understood, and its line, from 1."""

    tag: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A text with the tags in it that are understood as what they mean.

    `unknown` is the first that is not. The whole is a template, with `template` the tag that says
    so, where its text comes from elsewhere.
    """

    text: str
    unknown: TemplateTag | None = None
    template: TemplateTag | None = None


def understand_tags(text: str, kind: Kind, *, site_url: str) -> Understood:
    """Reads the tags in `text`, which is Markdown or HTML, outside of code.

    Addresses within the site that they make are relative to `site_url`.
    """
    if not _MAY_HAVE_TAGS.search(text):
        return Understood(text=text)
    reading = _Reading(kind, origin(site_url))
    pattern = _PATTERNS[kind]
    understood = pattern.sub(reading.replacement, text)
    return Understood(text=understood, unknown=reading.unknown, template=reading.template)


class _Reading:
    """One pass through a text."""

    def __init__(self, kind: Kind, home: str) -> None:
        self.unknown: TemplateTag | None = None
        self.template: TemplateTag | None = None
        self._kind = kind
        self._home = home

    def replacement(self, found: re.Match[str]) -> str:
        """What stands in the text for a tag."""
        name = found.lastgroup or ""
        if name == "highlight":
            return _listing(found["language"], found["listing"], self._kind)
        if name == "site":
            return self._home if found["part"] == "url" else ""
        if name == "figure" and (figure := _figure(found["attributes"])):
            return figure
        if make := _MEANINGS.get(name):
            return make(found)
        if name == "code" or len(found[0]) > _MAX_TAG_LENGTH:
            return found[0]
        tag = TemplateTag(tag=_short(found[0]), line=found.string.count("\n", 0, found.start()) + 1)
        self.unknown = self.unknown or tag
        if _LAYOUT.match(found[0]) or (_LISTING.match(found[0]) and _has_little(found.string)):
            self.template = self.template or tag
        return "" if name == "imported" else found[0]


_PATTERNS = {
    kind: re.compile(
        "|".join(f"(?P<{name}>{tag})" for name, tag in {"code": code, **_TAGS}.items()), re.DOTALL
    )
    for kind, code in (
        (Kind.HTML, _CODE_OF_HTML),
        (Kind.MARKDOWN, f"{_CODE_OF_MARKDOWN}|{_CODE_OF_HTML}"),
    )
}


def _listing(language: str, text: str, kind: Kind) -> str:
    if kind is Kind.HTML:
        return f'<pre><code class="language-{language}">{escape(text, quote=False)}</code></pre>'
    longest = max(map(len, re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    # The end of a listing may be indented, as in a list; the fence is then too.
    body, _, indent = text.rpartition("\n")
    return (
        f"{fence}{language}\n{body}\n{indent}{fence}"
        if not indent.strip()
        else (f"{fence}{language}\n{text}\n{fence}")
    )


def _figure(attributes: str) -> str:
    values = {
        each["name"]: each["text"] or each["raw"] or each["word"] or ""
        for each in _ATTRIBUTE.finditer(attributes)
    }
    if not values.get("src"):
        return ""
    image = f'<img src="{escape(values["src"])}" alt="{escape(values.get("alt", ""))}">'
    if link := values.get("link"):
        image = f'<a href="{escape(link)}">{image}</a>'
    caption = ". ".join(filter(None, (values.get("title"), values.get("caption"))))
    below = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
    return f"<figure>{image}{below}</figure>\n"


_MEANINGS: dict[str, Callable[[re.Match[str]], str]] = {
    "raw": lambda found: found["raw_text"],
    "comment": lambda _: "",
    "ref": lambda found: hugo_address(found["page"]),
    "zola": lambda found: zola_address(found["zola_page"]),
    "post": lambda found: jekyll_address(found["post_path"]),
    "address": lambda found: found["literal"],
}


def _has_little(text: str) -> bool:
    """Whether `text` has little of its own beside its tags and what they repeat."""
    return len("".join(_MADE.sub("", text).split())) < _MIN_OWN_TEXT


def _short(tag: str) -> str:
    return " ".join(tag.split())[:60]
