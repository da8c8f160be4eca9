"""Errors of httpx to errors of feedpub, which never hold the request: a password may be in it."""

from __future__ import annotations

import re

import httpx

from ..errors import Diagnostic, TargetError, UnreachableError
from .reply import Reply

ERRNO = re.compile(r"^\[Errno -?\d+\] ")
_TRY_LATER = "Try again later."


def request_error(url: str, error: Exception) -> TargetError:
    """What `error`, an httpx.RequestError or httpx.InvalidURL, says of a request to `url`."""
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        problem = f"can't be fetched: {error_reason(error)}"
        return TargetError(Diagnostic(code="address-invalid", place=url, problem=problem))
    if isinstance(error, httpx.LocalProtocolError):
        # It repeats the header that it is about.
        code, problem = "request-invalid", "can't be asked: HTTP has no way to say this request"
    elif isinstance(error, httpx.TransportError):
        code, problem = "host-unreachable", f"can't be reached: {error_reason(error)}"
    else:
        code, problem = "reply-invalid", f"can't be understood: {error_reason(error)}"
    return UnreachableError(Diagnostic(code=code, place=url, problem=problem, remedy=_TRY_LATER))


def busy_error(url: str, reply: Reply) -> UnreachableError:
    """The host of `url` answers with a status that is of the moment, however often it is asked."""
    problem = f"answers {reply.status_line}"
    remedy = "It was asked several times; try again later."
    return UnreachableError(Diagnostic(code="host-busy", place=url, problem=problem, remedy=remedy))


def error_reason(error: Exception) -> str:
    """What an error of the network says, in one line and without its number."""
    return ERRNO.sub("", " ".join(str(error).split())).rstrip(".") or type(error).__name__
