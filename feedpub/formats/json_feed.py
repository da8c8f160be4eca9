"""JSON Feed 1.1, which feedpub does not write: a host may have one of another program."""

from __future__ import annotations

import json

from .format import FeedMetadata, FeedType


def read_json_metadata(content: bytes) -> FeedMetadata | None:
    """What the JSON Feed `content` says of itself, None where it is none."""
    try:
        feed = json.loads(content)
    except ValueError:
        return None
    if not isinstance(feed, dict) or "jsonfeed.org/version/" not in str(feed.get("version")):
        return None
    return FeedMetadata(
        # RFC 8259 §8.1.
        encoding="utf-8",
        self_link=str(feed.get("feed_url") or ""),
        hubs=tuple(
            str(hub.get("url"))
            for hub in feed.get("hubs") or ()
            if isinstance(hub, dict) and str(hub.get("type")).lower() == "websub"
        ),
    )


JSON_FEED = FeedType(
    name="json",
    file_name="feed.json",
    media_type="application/feed+json",
    served_as="application/feed+json; charset=utf-8",
    accepted=("application/feed+json", "application/json"),
    read_metadata=read_json_metadata,
)
