"""Target to Destination: the table of schemes."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from ...http.client import Client, ClientFactory
from ...settings import Target
from ..credentials import Credentials
from .destination import Destination
from .directory import Directory


def connect(target: Target, credentials: Credentials, clients: ClientFactory) -> Destination:
    """The destination that `target` names; nothing is sent yet. Raises TargetError."""
    scheme = urlsplit(target.url).scheme
    if scheme == "file":
        return Directory(Path(unquote(urlsplit(target.url).path)))
    # httpx costs 60 ms that a folder on this machine needn't pay: these modules import it.
    if scheme == "s3":
        from .s3 import Bucket, SigV4, region

        signature = SigV4(credentials.aws_keys(target), region(target))
        return Bucket(target, clients(auth=signature, ca_file=target.ca_file))
    client = _client_with_login(target, credentials, clients)
    if scheme.startswith("webdav+"):
        from .webdav import WebdavServer

        url = target.url.partition("+")[2]
        return WebdavServer(url, client, by_move=target.put_by_move)
    from .put import WebServer

    return WebServer(target.url, client)


def _client_with_login(target: Target, credentials: Credentials, clients: ClientFactory) -> Client:
    import httpx

    login = credentials.login(target)
    auth: httpx.Auth | None = None
    if login is not None:
        kind = httpx.DigestAuth if target.digest else httpx.BasicAuth
        auth = kind(login.user, login.password.reveal())
    return clients(auth=auth, ca_file=target.ca_file)
