"""AWS Signature Version 4, as S3 wants it (AWS: "Create a signed AWS API request")."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from ..credentials import AwsKeys

ALGORITHM = "AWS4-HMAC-SHA256"
SERVICE = "s3"


def signing_headers(
    method: str,
    url: str,
    headers: Mapping[str, str],
    content: bytes,
    *,
    keys: AwsKeys,
    region: str,
    now: datetime,
) -> dict[str, str]:
    """What to add to a request that has `headers`, all of which are signed; `url` is as it is sent,
    its query in order."""
    moment = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    digest = hashlib.sha256(content).hexdigest()
    added = {"x-amz-content-sha256": digest, "x-amz-date": moment}
    if keys.token is not None:
        added["x-amz-security-token"] = keys.token.reveal()
    signed = {"host": urlsplit(url).netloc} | {k.lower(): v for k, v in headers.items()} | added
    names = ";".join(sorted(signed))
    scope = f"{moment[:8]}/{region}/{SERVICE}/aws4_request"
    request = _canonical(method, url, signed, digest)
    text = "\n".join((ALGORITHM, moment, scope, hashlib.sha256(request.encode()).hexdigest()))
    signature = hmac.new(_key(keys, scope), text.encode(), hashlib.sha256).hexdigest()
    added["authorization"] = (
        f"{ALGORITHM} Credential={keys.key_id}/{scope}, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    return added


def _canonical(method: str, url: str, signed: Mapping[str, str], digest: str) -> str:
    parts = urlsplit(url)
    lines = [f"{name}:{' '.join(signed[name].split())}" for name in sorted(signed)]
    names = ";".join(sorted(signed))
    return "\n".join((method, parts.path or "/", parts.query, *lines, "", names, digest))


def _key(keys: AwsKeys, scope: str) -> bytes:
    key = f"AWS4{keys.secret.reveal()}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
