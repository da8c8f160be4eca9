"""Object stores that speak S3."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Generator
from datetime import UTC, datetime
from urllib.parse import quote, unquote, urlsplit

import httpx

from ...http.client import Client
from ...http.reply import Reply
from ...http.retries import DEFAULT_RETRY
from ...settings import Target
from ..credentials import AwsKeys
from .destination import Upload
from .put import SAFE, WebServer
from .sigv4 import signing_headers

CODE = re.compile(rb"<Code>(\w+)</Code>")
KEYS_REMEDY = "The keys are wrong: see AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
_REMEDIES = {
    "SignatureDoesNotMatch": KEYS_REMEDY,
    "InvalidAccessKeyId": KEYS_REMEDY,
    "ExpiredToken": "The keys that were lent are over: get new ones.",
    "RequestTimeTooSkewed": "The clock of this machine is wrong: set it.",
    "NoSuchBucket": "There is no such bucket: make it, or correct its name.",
    "AccessDenied": "These keys may not do that: give them the right to list, read, write and "
    "delete. Without the first, Amazon says this of what is not there.",
    "AuthorizationHeaderMalformed": "The region may be wrong: say `region` in config.toml.",
}
# A proxy may change these on the way.
UNSIGNED = frozenset(
    ("connection", "accept", "accept-encoding", "user-agent", "content-length", "host")
)


def _present() -> datetime:
    return datetime.now(UTC)


class SigV4(httpx.Auth):
    """Signs each attempt anew: a signature holds for a quarter of an hour.

    `clock` gives the present moment, aware: the store wants the time at which it is asked.
    """

    requires_request_body = True

    def __init__(
        self, keys: AwsKeys, region: str, *, clock: Callable[[], datetime] = _present
    ) -> None:
        self._keys = keys
        self._region = region
        self._clock = clock

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Adds the signature to the headers of `request`."""
        headers = {k: v for k, v in request.headers.items() if k not in UNSIGNED}
        added = signing_headers(
            request.method,
            str(request.url),
            headers,
            request.content,
            keys=self._keys,
            region=self._region,
            now=self._clock(),
        )
        request.headers.update(added)
        yield request


class Bucket(WebServer):
    """A prefix in a bucket; the keys of its objects are that prefix and a path."""

    conditional_writes = True
    # There are no folders that could be in motion: what is forbidden stays so.
    retry = DEFAULT_RETRY

    def __init__(self, target: Target, client: Client) -> None:
        super().__init__(bucket_url(target), client)
        self.label = target.url

    def make_folder_exclusively(self, path: str) -> bool | None:  # noqa: ARG002
        """There are no folders."""
        return None

    def _status_text(self, reply: Reply) -> str:
        return " ".join(filter(None, (super()._status_text(reply), _code(reply))))

    def _remedy(self, reply: Reply) -> str:
        return _REMEDIES.get(_code(reply)) or super()._remedy(reply)

    def _headers(self, upload: Upload) -> dict[str, str]:
        checksum = b64encode(hashlib.sha256(upload.content).digest()).decode()
        return super()._headers(upload) | {"x-amz-checksum-sha256": checksum}


def _code(reply: Reply) -> str:
    found = CODE.search(reply.content)
    return found[1].decode() if found else ""


def bucket_url(target: Target) -> str:
    """The address of the prefix that `target` names."""
    bucket = urlsplit(target.url).netloc
    # It is signed as it is sent, and written either way by those who set it up.
    prefix = quote(unquote(urlsplit(target.url).path), safe=SAFE)
    endpoint = target.endpoint or f"https://s3.{region(target)}.amazonaws.com"
    if target.path_style:
        return f"{endpoint}/{bucket}{prefix}"
    scheme, _, host = endpoint.partition("://")
    return f"{scheme}://{bucket}.{host}{prefix}"


def region(target: Target) -> str:
    """The region that signatures name."""
    return target.region or "us-east-1"
