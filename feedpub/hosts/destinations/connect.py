"""Target to Destination: the table of schemes."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from ...settings import Target
from ..credentials import Credentials
from .directory import Directory
from .protocol import Destination


def connect(target: Target, credentials: Credentials) -> Destination:
    """The destination that `target` names; nothing is sent yet. Raises TargetError."""
    scheme = urlsplit(target.url).scheme
    if scheme == "file":
        return Directory(Path(unquote(urlsplit(target.url).path)))
    # httpx costs 60 ms that a folder on this machine needn't pay.
    import httpx

    from ...http.client import make_client

    if scheme == "s3":
        from .s3 import Bucket, SigV4, region

        signature = SigV4(credentials.aws_keys(target), region(target))
        return Bucket(target, make_client(auth=signature, ca_file=target.ca_file))
    login = credentials.login(target)
    auth: httpx.Auth | None = None
    if login is not None:
        kind = httpx.DigestAuth if target.digest else httpx.BasicAuth
        auth = kind(login.user, login.password.reveal())
    client = make_client(auth=auth, ca_file=target.ca_file)
    if scheme.startswith("webdav+"):
        from .webdav import WebdavServer

        url = target.url.partition("+")[2]
        return WebdavServer(url, client, by_move=target.put_by_move)
    from .put import WebServer

    return WebServer(target.url, client)
