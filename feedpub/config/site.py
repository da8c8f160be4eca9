"""Reads the table `[site]`."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo

from ..errors import DateError
from ..metadata import read_language, read_people, read_web_address
from ..parsing.dates import find_zone
from ..parsing.values import Values
from ..settings import DateOrder, Site

_KEYS = (
    "title url description language timezone date_order author authors rights logo icon"
).split()
_SYNONYMS = {
    "name": "title",
    "link": "url",
    "base_url": "url",
    "baseurl": "url",
    "subtitle": "description",
    "lang": "language",
    "tz": "timezone",
    "copyright": "rights",
    "image": "logo",
    "favicon": "icon",
}
# The name of a feed at the end of an address.
_FEED_FILE = re.compile(r"[^/?#]+\.(?:xml|rss|atom|rdf|json)", re.IGNORECASE)
# The placeholder where config.toml has no address that can be used; it is never published.
_NO_URL = "https://invalid/"


def read_site(values: Values) -> Site:
    """What `[site]` states; where it is missing or wrong, placeholders and an error."""
    if not values.has("site"):
        remedy = "Add a [site] table with a title and a url."
        values.error("site", "key-missing", "is missing", remedy)
    site = values.table("site") or values.nested("site", {"title": "?", "url": _NO_URL})
    result = Site(
        title=site.required("title"),
        url=_read_url(site),
        description=site.text("description") or "",
        language=read_language(site) or "",
        zone=_read_zone(site),
        date_order=site.member("date_order", DateOrder),
        authors=read_people(site),
        rights=site.text("rights") or "",
        logo=read_web_address(site, "logo") or "",
        icon=read_web_address(site, "icon") or "",
    )
    site.reject_unknown_keys(_KEYS, _SYNONYMS)
    return result


def _read_url(site: Values) -> str:
    if not site.has("url"):
        remedy = "Say where the contents of the output folder will be served."
        site.error("url", "key-missing", "is missing", remedy)
        return _NO_URL
    url = read_web_address(site, "url")
    if url is None:
        return _NO_URL
    folder, _, last = url.rpartition("/")
    if _FEED_FILE.fullmatch(last):
        problem = f"must be the address of a folder, and {last} in it is one of a feed"
        site.error("url", "address-invalid", problem, f"Write {folder}/.")
    elif "?" in url or "#" in url:
        problem = "must not have a query or a fragment"
        site.error("url", "address-invalid", problem, "It is the address of a folder.")
    return url if url.endswith("/") else url + "/"


def _read_zone(site: Values) -> tzinfo:
    name = site.text("timezone")
    try:
        return find_zone(name) if name else UTC
    except DateError as error:
        site.error("timezone", "time-zone-unknown", f"can't be used: {error}")
        return UTC
