"""The tables [push] and [[target]] of config.toml to targets."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..metadata import web_address
from ..parsing.values import Values
from ..settings import PRECOMPRESSED_SUFFIXES, Target
from ..text.urls import host, is_web
from ..text.wording import shown

SCHEMES = "https://…, webdav+https://…, s3://bucket/prefix or file:///…"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
NAME = re.compile(r"[a-z][a-z0-9_-]*")
KEYS = (
    "url public user auth netrc ca_file single_writer put_mode max_delete parallel compress region "
    "endpoint style"
).split()
SYNONYMS = {
    "target": "url",
    "address": "url",
    "username": "user",
    "cacert": "ca_file",
    "bucket": "url",
    "hub": "hubs",
}
SECRETS = re.compile(r"pass|secret|token|credential|access_?key|api_?key", re.IGNORECASE)
SECRET_REMEDY = (
    "Take it out, and set FEEDPUB_USER and FEEDPUB_PASSWORD (for s3 AWS_ACCESS_KEY_ID and "
    "AWS_SECRET_ACCESS_KEY, for a named target FEEDPUB_NAME_USER and so on) in the environment of "
    "whoever runs feedpub."
)


def read_targets(values: Values, push: Values, *, public: str, folder: Path) -> tuple[Target, ...]:
    """That of `push`, the table [push], then those of [[target]] in `values`.

    The first is read back at `public`, the site's address, unless it says otherwise. Files that it
    names are relative to `folder`.
    """
    _refuse_secrets(push)
    targets: dict[str, Target] = {}
    if any(push.said(key) for key in ("target", *KEYS[1:])):
        target = _target(push, "target", "", public=public, folder=folder)
        targets.update({"": target} if target else {})
    push.refuse_the_rest(("target", "hubs", *KEYS[1:]), {**SYNONYMS, "url": "target"})
    for table in values.tables("target"):
        name = _name(table)
        target = _target(table, "url", name, public="", folder=folder)
        table.refuse_the_rest(("name", *KEYS), SYNONYMS)
        if name in targets:
            table.fault("name", f"{shown(name)} is taken by another target")
        targets.update({name: target} if target else {})
    return tuple(targets.values())


def _name(table: Values) -> str:
    name = table.text("name") or ""
    if not NAME.fullmatch(name):
        problem = f"can't be {shown(name)}" if name else "is missing"
        table.fault("name", problem, 'Write small letters, digits, "-" and "_".')
    return name


def _target(table: Values, key: str, name: str, *, public: str, folder: Path) -> Target | None:
    _refuse_secrets(table)
    url = _url(table, key)
    # Stores behind an address of their own seldom have a name for each bucket.
    style = "path" if table.said("endpoint") else "host"
    ca_file = table.text("ca_file")
    stated = web_address(table, "public") if table.said("public") else public
    target = Target(
        name=name,
        url=url,
        public=_folder(stated or ""),
        user=table.text("user") or "",
        digest=table.choice("auth", ("basic", "digest")) == "digest",
        netrc=table.flag("netrc") or False,
        ca_file=folder / ca_file if ca_file else None,
        single_writer=table.flag("single_writer") or False,
        put_by_move=table.choice("put_mode", ("put", "move")) == "move",
        max_delete=_or(table.number("max_delete"), 50),
        parallel=max(_or(table.number("parallel"), 4), 1),
        precompressed=tuple(_twins(table)),
        region=table.text("region") or "",
        endpoint=_folder(web_address(table, "endpoint") or "").rstrip("/"),
        path_style=(table.choice("style", ("path", "host")) or style) == "path",
    )
    return target if url else None


def _or(number: int | None, default: int) -> int:
    return default if number is None else number


def _folder(url: str) -> str:
    return url if not url or url.endswith("/") else url + "/"


def _refuse_secrets(table: Values) -> None:
    for key in table.unread():
        if SECRETS.search(key):
            table.take(key)
            table.fault(key, "does not belong in config.toml, which others read", SECRET_REMEDY)


def _twins(table: Values) -> list[str]:
    names = table.texts("compress") or ()
    for name in names:
        if name not in PRECOMPRESSED_SUFFIXES:
            table.fault("compress", f"has {shown(name)}", "Known are `gzip` and `brotli`.")
    return [name for name in names if name in PRECOMPRESSED_SUFFIXES]


def _url(table: Values, key: str) -> str:
    text = table.text(key)
    if text is None:
        table.fault(key, "is missing", f"Write where the feeds go: {SCHEMES}.")
        return ""
    scheme, colon, rest = text.partition("://")
    if not colon:
        table.fault(key, f"must be an address, not {shown(text)}", f"Write {SCHEMES}.")
        return ""
    if "@" in rest.partition("/")[0]:
        # Not a word of what stands there: it may be a password.
        table.fault(key, "must not hold a user or a password", SECRET_REMEDY)
        return ""
    return _checked(table, key, scheme.lower(), _folder(text))


def _checked(table: Values, key: str, scheme: str, url: str) -> str:
    web = url.partition("+")[2] if scheme.startswith("webdav+") else url
    if scheme in ("https", "http", "webdav+https", "webdav+http"):
        if not is_web(web) or not host(web) or "?" in web or "#" in web:
            table.fault(key, f"must be the address of a folder, not {shown(url)}")
        elif web.startswith("http:") and host(web) not in LOOPBACK:
            table.fault(key, "would send the password unencrypted", "Write https.")
        else:
            return url
    elif scheme == "s3":
        if urlsplit(url).netloc:
            return url
        table.fault(key, "names no bucket", "Write s3://bucket/prefix.")
    elif scheme == "file":
        path = unquote(urlsplit(url).path)
        if not urlsplit(url).netloc and path not in ("", "/"):
            return url
        table.fault(key, f"must be an absolute path, not {shown(url)}", "Write file:///srv/feeds.")
    else:
        table.fault(key, f"begins with {shown(scheme + ':')}", f"Known are {SCHEMES}.")
    return ""
