"""The table [site]."""

from __future__ import annotations

from datetime import UTC, tzinfo

from ..errors import DateError
from ..metadata import language, people, web_address
from ..parsing.dates import DATE_ORDERS, find_zone
from ..parsing.values import Values
from ..settings import Site

SITE_KEYS = (
    "title url description language timezone date_order author authors rights logo icon"
).split()
SITE_SYNONYMS = {
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


def read_site(values: Values) -> Site:
    """What [site] says; where it says too little, stand-ins beside the faults."""
    if not values.said("site"):
        values.fault("site", "is missing", "Add a [site] table with a title and a url.")
    site = values.table("site") or values.inner("site", {"title": "?", "url": "https://invalid/"})
    result = Site(
        title=site.required("title"),
        url=_site_url(site),
        description=site.text("description") or "",
        language=language(site) or "",
        zone=_zone(site),
        date_order=site.choice("date_order", DATE_ORDERS) or "",
        authors=people(site),
        rights=site.text("rights") or "",
        logo=web_address(site, "logo") or "",
        icon=web_address(site, "icon") or "",
    )
    site.refuse_the_rest(SITE_KEYS, SITE_SYNONYMS)
    return result


def _site_url(site: Values) -> str:
    if not site.said("url"):
        site.fault(
            "url", "is missing", "Say where the contents of the output folder will be served."
        )
        return "https://invalid/"
    url = web_address(site, "url")
    if url is None:
        return "https://invalid/"
    if "?" in url or "#" in url:
        site.fault("url", "must not have a query or a fragment", "It is the address of a folder.")
    return url if url.endswith("/") else url + "/"


def _zone(site: Values) -> tzinfo:
    name = site.text("timezone")
    try:
        return find_zone(name) if name else UTC
    except DateError as error:
        site.fault("timezone", f"can't be used: {error}")
        return UTC
