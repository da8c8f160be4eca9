"""Requests to S3 are signed as AWS's own library signs them, to the letter."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from unittest.mock import patch
from urllib.parse import quote

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.hosts.credentials import AwsKeys, Secret
from feedpub.hosts.destinations.put import SAFE
from feedpub.hosts.destinations.s3 import UNSIGNED, bucket_url
from feedpub.hosts.destinations.sigv4 import signing_headers
from feedpub.settings import Target

NOW = datetime(2026, 6, 15, 10, 0, 1, tzinfo=UTC)
KEY_ID, SECRET = "AKEXAMPLE", "a/secret+key"


def ours(request: httpx.Request, token: str, region: str) -> str:
    added = signing_headers(
        request.method,
        str(request.url),
        {key: value for key, value in request.headers.items() if key not in UNSIGNED},
        request.content,
        keys=AwsKeys(key_id=KEY_ID, secret=Secret(SECRET), token=Secret(token) if token else None),
        region=region,
        now=NOW,
    )
    return added["authorization"]


def theirs(request: httpx.Request, token: str, region: str) -> str:
    credentials = botocore.credentials.Credentials(KEY_ID, SECRET, token or None)
    signed = botocore.awsrequest.AWSRequest(
        method=request.method,
        url=str(request.url),
        data=request.content,
        headers={key: value for key, value in request.headers.items() if key not in UNSIGNED},
    )
    auth = botocore.auth.S3SigV4Auth(credentials, "s3", region)
    with patch("botocore.auth.get_current_datetime", lambda: NOW.replace(tzinfo=None)):
        auth.add_auth(signed)
    return str(signed.headers["Authorization"])


signs = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/")
# A client takes segments of dots out before it sends.
paths = st.text(signs, min_size=1, max_size=12).filter(lambda each: each not in (".", ".."))
words = st.text(signs, min_size=1, max_size=6).map(partial(quote, safe="-_.~"))
queries = st.dictionaries(words, words, max_size=3).map(
    lambda query: "&".join(f"{name}={query[name]}" for name in sorted(query))
)
addresses = st.builds(
    lambda keys, query: quote("/".join(keys), safe=SAFE) + (query and f"?{query}"),
    st.lists(paths, min_size=1, max_size=3),
    queries,
)
headers = st.fixed_dictionaries(
    {"Content-Type": st.just("application/xml; charset=utf-8")},
    optional={"If-Match": st.just('"abc"'), "x-amz-meta-x": st.sampled_from(["a  b", "a b"])},
)


@given(
    address=addresses,
    method=st.sampled_from(["GET", "PUT", "HEAD", "DELETE"]),
    content=st.binary(max_size=40),
    headers=headers,
    place=st.sampled_from([("", "us-east-1"), ("a/token==", "eu-central-3")]),
)
def test_every_signature_is_that_of_botocore(
    address: str,
    method: str,
    content: bytes,
    headers: dict[str, str],
    place: tuple[str, str],
) -> None:
    url = "https://bucket.s3.example.net:8443/prefix/" + address
    request = httpx.Request(method, url, headers=headers, content=content)
    assert ours(request, *place) == theirs(request, *place)


@pytest.mark.parametrize(
    ("stated", "url"),
    [
        ({}, "https://bucket.s3.us-east-1.amazonaws.com/a/b/"),
        ({"region": "eu-1"}, "https://bucket.s3.eu-1.amazonaws.com/a/b/"),
        ({"endpoint": "https://s3.example.net"}, "https://bucket.s3.example.net/a/b/"),
        (
            {"endpoint": "https://s3.example.net:8443", "path_style": True},
            "https://s3.example.net:8443/bucket/a/b/",
        ),
    ],
)
def test_a_bucket_stands_in_the_path_or_in_the_host(stated: dict[str, str], url: str) -> None:
    target = Target(name="", url="s3://bucket/a/b/", **stated)  # type: ignore[arg-type]
    assert bucket_url(target) == url


@pytest.mark.parametrize("prefix", ["my feeds (1)", "my%20feeds%20%281%29"])
def test_a_prefix_is_sent_as_it_is_signed_however_it_is_written(prefix: str) -> None:
    target = Target(name="", url=f"s3://bucket/{prefix}/")
    assert bucket_url(target) == "https://bucket.s3.us-east-1.amazonaws.com/my%20feeds%20%281%29/"
