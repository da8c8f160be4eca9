"""Reads the tables `[push]` and `[[target]]`: where documents are pushed to."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..metadata import read_web_address
from ..parsing.values import Values
from ..settings import (
    DEFAULT_MAX_DELETE,
    DEFAULT_PARALLEL,
    PRECOMPRESSED_SUFFIXES,
    Target,
)
from ..text.urls import host, is_web
from ..text.wording import shown

_URL_FORMS = "https://…, webdav+https://…, s3://bucket/prefix or file:///…"
# Where http is no risk: nothing leaves this machine.
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_OPTIONS = (
    "public user auth netrc ca_file single_writer put_mode max_delete parallel compress region "
    "endpoint style"
).split()
_SYNONYMS = {
    "target": "url",
    "address": "url",
    "username": "user",
    "cacert": "ca_file",
    "bucket": "url",
    "hub": "hubs",
}
_SECRET_KEY = re.compile(r"pass|secret|token|credential|access_?key|api_?key", re.IGNORECASE)
_SECRET_REMEDY = (
    "Take it out, and set FEEDPUB_USER and FEEDPUB_PASSWORD (for s3 AWS_ACCESS_KEY_ID and "
    "AWS_SECRET_ACCESS_KEY, for a named target FEEDPUB_NAME_USER and so on) in the environment of "
    "whoever runs feedpub."
)


def read_targets(values: Values, push: Values, *, public: str, folder: Path) -> tuple[Target, ...]:
    """The target of `push`, the table `[push]`, then one for each `[[target]]` of `values`.

    The first is read back at `public`, the address of the site, unless it names another. Files that
    a target names are relative to `folder`.
    """
    _reject_secrets(push)
    targets: dict[str, Target] = {}
    if any(push.has(key) for key in ("target", *_OPTIONS)):
        target = _read_target(push, "target", "", public=public, folder=folder)
        targets.update({"": target} if target else {})
    push.reject_unknown_keys(("target", "hubs", *_OPTIONS), {**_SYNONYMS, "url": "target"})
    for table in values.tables("target"):
        name = _read_name(table)
        target = _read_target(table, "url", name, public="", folder=folder)
        table.reject_unknown_keys(("name", "url", *_OPTIONS), _SYNONYMS)
        if name in targets:
            table.error("name", "name-duplicate", f"{shown(name)} is taken by another target")
        targets.update({name: target} if target else {})
    return tuple(targets.values())


def _read_name(table: Values) -> str:
    name = table.text("name") or ""
    remedy = 'Write small letters, digits, "-" and "_".'
    if not name:
        table.error("name", "key-missing", "is missing", remedy)
    elif not _NAME.fullmatch(name):
        table.error("name", "name-invalid", f"can't be {shown(name)}", remedy)
    return name


def _read_target(
    table: Values, url_key: str, name: str, *, public: str, folder: Path
) -> Target | None:
    _reject_secrets(table)
    url = _read_url(table, url_key)
    # Stores behind an address of their own seldom have a name for each bucket.
    default_style = "path" if table.has("endpoint") else "host"
    ca_file = table.text("ca_file")
    stated_public = read_web_address(table, "public") if table.has("public") else public
    target = Target(
        name=name,
        url=url,
        public=_with_slash(stated_public or ""),
        user=table.text("user") or "",
        digest=table.choice("auth", ("basic", "digest")) == "digest",
        netrc=table.boolean("netrc") or False,
        ca_file=folder / ca_file if ca_file else None,
        single_writer=table.boolean("single_writer") or False,
        put_by_move=table.choice("put_mode", ("put", "move")) == "move",
        max_delete=_or(table.count("max_delete"), DEFAULT_MAX_DELETE),
        parallel=max(_or(table.count("parallel"), DEFAULT_PARALLEL), 1),
        precompressed=_read_compress(table),
        region=table.text("region") or "",
        endpoint=_with_slash(read_web_address(table, "endpoint") or "").rstrip("/"),
        path_style=(table.choice("style", ("path", "host")) or default_style) == "path",
    )
    return target if url else None


def _or(number: int | None, default: int) -> int:
    return default if number is None else number


def _with_slash(url: str) -> str:
    return url if not url or url.endswith("/") else url + "/"


def _reject_secrets(table: Values) -> None:
    for key in table.unread_keys():
        if _SECRET_KEY.search(key):
            table.pop(key)
            problem = "does not belong in config.toml, which others read"
            table.error(key, "secret-in-config", problem, _SECRET_REMEDY)


def _read_compress(table: Values) -> tuple[str, ...]:
    names = table.text_list("compress") or ()
    for name in names:
        if name not in PRECOMPRESSED_SUFFIXES:
            problem, remedy = f"has {shown(name)}", "Known are `gzip` and `brotli`."
            table.error("compress", "value-not-allowed", problem, remedy)
    return tuple(name for name in names if name in PRECOMPRESSED_SUFFIXES)


def _read_url(table: Values, key: str) -> str:
    text = table.text(key) or ""
    scheme, separator, rest = text.partition("://")
    url = f"{scheme.lower()}://{_with_slash(rest)}"
    if not text:
        remedy = f"Write where the feeds go: {_URL_FORMS}."
        table.error(key, "key-missing", "is missing", remedy)
    elif not separator:
        problem, remedy = f"must be an address, not {shown(text)}", f"Write {_URL_FORMS}."
        table.error(key, "address-invalid", problem, remedy)
    elif error := _url_error(url):
        table.error(key, *error)
    else:
        return url
    return ""


def _url_error(url: str) -> tuple[str, str, str] | None:
    """Code, problem and remedy where `url` is not the address of a target."""
    scheme, _, rest = url.partition("://")
    if "@" in rest.partition("/")[0]:
        # The message repeats nothing of the address, which may hold a password.
        return "secret-in-config", "must not hold a user or a password", _SECRET_REMEDY
    check = _CHECKS.get(scheme)
    if check is None:
        return "address-invalid", f"begins with {shown(scheme + ':')}", f"Known are {_URL_FORMS}."
    return check(url)


def _web_error(url: str) -> tuple[str, str, str] | None:
    web = url.removeprefix("webdav+")
    if not is_web(web) or not host(web) or "?" in web or "#" in web:
        return "address-invalid", f"must be the address of a folder, not {shown(url)}", ""
    if web.startswith("http:") and host(web) not in _LOOPBACK:
        return "address-unencrypted", "would send the password unencrypted", "Write https."
    return None


def _s3_error(url: str) -> tuple[str, str, str] | None:
    if urlsplit(url).netloc:
        return None
    return "address-invalid", "names no bucket", "Write s3://bucket/prefix."


def _file_error(url: str) -> tuple[str, str, str] | None:
    if not urlsplit(url).netloc and unquote(urlsplit(url).path) not in ("", "/"):
        return None
    problem = f"must be an absolute path, not {shown(url)}"
    return "address-invalid", problem, "Write file:///srv/feeds."


_CHECKS = {
    "https": _web_error,
    "http": _web_error,
    "webdav+https": _web_error,
    "webdav+http": _web_error,
    "s3": _s3_error,
    "file": _file_error,
}
