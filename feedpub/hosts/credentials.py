"""Users, passwords and keys, from the environment, the keyring or ~/.netrc."""

from __future__ import annotations

import contextlib
import netrc
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import Diagnostic, TargetError
from ..settings import Target
from ..text.urls import host

# RFC 9110 §5.5: a header can't hold them, and what a library says of that repeats the whole text.
UNSENDABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Secret:
    """A text that is shown only by `reveal`, not by str, repr or a traceback."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return "***"


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A user of a web server."""

    user: str
    password: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class AwsKeys:
    """What signs requests to S3; `token` belongs to temporary keys."""

    key_id: str
    secret: Secret
    token: Secret | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """Finds what a target asks for: in the environment, then in the keyring, then in ~/.netrc where
    config.toml asks for that. Raises TargetError where a part is missing."""

    environ: Mapping[str, str] = field(repr=False)

    def login(self, target: Target) -> Login | None:
        """The user and password, None where nothing names any."""
        prefix = _prefix(target)
        user = self.environ.get(f"{prefix}USER") or target.user
        password = self._from_environment(f"{prefix}PASSWORD")
        if user and password is None:
            password = _from_keyring(target, user)
        if target.netrc and not (user and password):
            return _from_netrc(target)
        if not user and not password:
            return None
        if user and password:
            return Login(user=user, password=password)
        have, missing = ("USER", "PASSWORD") if user else ("PASSWORD", "USER")
        raise _missing(target, f"has a {have.lower()} but no {missing.lower()}", prefix + missing)

    def aws_keys(self, target: Target) -> AwsKeys:
        """The keys for S3; those of a named target go before the ones that AWS's own tools read."""
        own = _aws_prefix(target)
        prefix = own if f"{own}ACCESS_KEY_ID" in self.environ else "AWS_"
        key_id = self._from_environment(f"{prefix}ACCESS_KEY_ID")
        secret = self._from_environment(f"{prefix}SECRET_ACCESS_KEY")
        if key_id is None or secret is None:
            names = f"{prefix}ACCESS_KEY_ID and {prefix}SECRET_ACCESS_KEY"
            raise _missing(target, "needs keys", names)
        token = self._from_environment(f"{prefix}SESSION_TOKEN")
        return AwsKeys(key_id=key_id.reveal(), secret=secret, token=token)

    def _from_environment(self, name: str) -> Secret | None:
        place, secret = self._read(name)
        if secret is None:
            return None
        if UNSENDABLE.search(secret.reveal()) or _is_invalid_for_aws(name, secret):
            problem = "holds characters that can't be part of it"
            raise TargetError(
                Diagnostic(
                    code="credential-invalid", place=place, problem=problem, remedy="Set it anew."
                )
            )
        return secret

    def _read(self, name: str) -> tuple[str, Secret | None]:
        # Those who set a variable from a file often take its last line break along.
        if text := self.environ.get(name, "").strip("\r\n"):
            return name, Secret(text)
        place = f"{name}_FILE"
        file = self.environ.get(place)
        return place, _from_file(Path(file), place) if file else None


def variables(targets: Iterable[Target]) -> tuple[str, ...]:
    """The names in the environment from which `targets` have a user and a password, or keys."""
    return tuple(dict.fromkeys(name for target in targets for name in _variables(target)))


def _variables(target: Target) -> Iterator[str]:
    if target.url.startswith("s3:"):
        own = _aws_prefix(target)
        yield from (f"{own}ACCESS_KEY_ID", f"{own}SECRET_ACCESS_KEY")
    elif not target.url.startswith("file:"):
        yield from (f"{_prefix(target)}USER", f"{_prefix(target)}PASSWORD")


def _is_invalid_for_aws(name: str, secret: Secret) -> bool:
    # What they sign stands in headers as it is; a password is encoded before.
    return "AWS_" in name and not secret.reveal().isascii()


def _from_file(file: Path, place: str) -> Secret:
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return Secret(file.read_text(encoding="utf-8").strip())
    # Not raised from the error before it, which may hold what stands in the file.
    problem = f"names {file}, which can't be read"
    raise TargetError(Diagnostic(code="credential-unreadable", place=place, problem=problem))


def _prefix(target: Target) -> str:
    return f"FEEDPUB_{target.name.upper().replace('-', '_')}_" if target.name else "FEEDPUB_"


def _aws_prefix(target: Target) -> str:
    return f"{_prefix(target)}AWS_" if target.name else "AWS_"


def _missing(target: Target, problem: str, names: str) -> TargetError:
    remedy = f"Set {names} in the environment."
    return TargetError(
        Diagnostic(code="credential-missing", place=target.url, problem=problem, remedy=remedy)
    )


def _from_keyring(target: Target, user: str) -> Secret | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    service = f"feedpub:{target.name}" if target.name else "feedpub"
    try:
        password = keyring.get_password(service, user)
    except (KeyringError, OSError, RuntimeError):
        # Under cron there often is no keyring that is open.
        return None
    return Secret(password) if password else None


def _from_netrc(target: Target) -> Login | None:
    with contextlib.suppress(OSError, UnicodeDecodeError, netrc.NetrcParseError):
        found = netrc.netrc().authenticators(host(target.url.removeprefix("webdav+")))
        return Login(user=found[0], password=Secret(found[2])) if found else None
    # Not raised from the error before it, which may hold what stands in the file.
    problem = "asks for ~/.netrc, which is not there or can't be read"
    raise TargetError(Diagnostic(code="credential-unreadable", place=target.url, problem=problem))
