"""The canary that stands where secrets can stand, and those who listen for it."""

from __future__ import annotations

import base64
import contextlib
import io
import logging
import traceback
from collections.abc import Callable, Iterator, Mapping

from feedpub.errors import FeedpubError
from feedpub.hosts.credentials import Credentials
from feedpub.hosts.destinations import ABSENT, Upload, connect
from feedpub.http.client import make_client
from feedpub.settings import Target

from .servers.scripted import Answer, Asked

CANARY = "canary-5f3a"
USER = "curator"
IN_THE_HEADER = base64.b64encode(f"{USER}:{CANARY}".encode()).decode()
LOGIN = {"FEEDPUB_USER": USER, "FEEDPUB_PASSWORD": CANARY}
AWS = {"AWS_ACCESS_KEY_ID": "AK", "AWS_SECRET_ACCESS_KEY": CANARY, "AWS_SESSION_TOKEN": CANARY}
LOGGERS = ("", "httpx", "httpcore", "hpack", "hpack.hpack", "hpack.table", "h2", "stamina")


@contextlib.contextmanager
def all_logs() -> Iterator[io.StringIO]:
    """All that any library logs, at the loudest."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    before = {name: logging.getLogger(name).level for name in LOGGERS}
    logging.getLogger().addHandler(handler)
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        yield heard
    finally:
        logging.getLogger().removeHandler(handler)
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def is_silent(*texts: str) -> None:
    """Fails where one of `texts` holds the canary, in plain or as a header has it."""
    for text in texts:
        assert CANARY not in text
        assert IN_THE_HEADER not in text


def answer(status: int, **headers: str) -> Callable[[Asked], Answer]:
    """The same answer to everything."""
    return lambda _: Answer(status=status, headers=headers, content=b"<Code>AccessDenied</Code>")


def shown_by(target: Target, environ: Mapping[str, str]) -> str:
    """All that can be seen where a write to `target` fails."""
    seen: list[str] = []
    try:
        with contextlib.closing(connect(target, Credentials(environ), make_client)) as destination:
            seen += [repr(destination), repr(vars(destination))]
            destination.write(Upload.of("a.xml", b"x"), ABSENT)
    except FeedpubError as error:
        return "\n".join((*seen, *told_by(error)))
    raise AssertionError("it must fail")


def told_by(error: BaseException) -> Iterator[str]:
    """All that an error tells, with the errors that came before it and what a debugger would show
    of feedpub's own functions."""
    yield from traceback.format_exception(error, chain=True)
    cause: BaseException | None = error
    while cause is not None:
        yield from (str(cause), repr(cause), repr(vars(cause)), *locals_of(cause))
        cause = cause.__cause__ or cause.__context__


def locals_of(error: BaseException) -> Iterator[str]:
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_globals["__name__"].startswith("feedpub."):
            yield repr(frame.f_locals)
