"""`feedpub verify`: fetches the live feeds as a feed reader does, and says how they are served."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import ConfigError, Diagnostic, FeedpubError
from .console import print_json
from .exit_code import code_of
from .options import ConfigOption, clients_of, settings_of

if TYPE_CHECKING:
    from ..hosts.verify import Finding, LiveFeed, Verdict
    from ..http.client import ClientFactory

MARKS = {"well": "✓", "remark": "·", "wrong": "✗"}


def verify(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="Look at this feed only, whoever made it.")] = "",
    config: ConfigOption = Path("config.toml"),
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the findings as JSON, for a program.")
    ] = False,
) -> None:
    """Look at the live feeds as a feed reader does, and say what to change on the host.

    Exit code 0: all is well. 1: readers will have trouble. 2: the call or the config is wrong. 75:
    nothing answers there.
    """
    verdicts: list[Verdict] = []
    errors: tuple[Diagnostic, ...] = ()
    code = 0
    try:
        for verdict in _verdicts(url, config, clients_of(context)):
            if not as_json:
                _print_verdict(verdict, verdicts)
            verdicts.append(verdict)
            code = max(code, verdict.is_wrong)
    except FeedpubError as error:
        errors = error.diagnostics
        code = code_of(error)
    if as_json:
        print_json({"feeds": verdicts, "errors": errors})
    else:
        for each in errors:
            typer.echo(str(each), err=True)
    raise typer.Exit(code)


def _verdicts(url: str, config: Path, clients: ClientFactory) -> Iterator[Verdict]:
    from ..hosts.verify import verify_all

    feeds = _feeds(url, config)
    with clients() as client:
        yield from verify_all(client, feeds)


def _feeds(url: str, config: Path) -> tuple[LiveFeed, ...]:
    from ..hosts.verify import LiveFeed, live_feeds

    if not url:
        return live_feeds(settings_of(config))
    address = _web_address(url)
    # Of a feed that this folder publishes, its hubs and its bytes are known and can be compared.
    known = live_feeds(settings_of(config)) if config.exists() else ()
    return (next((feed for feed in known if feed.url == address), LiveFeed(url=address)),)


def _web_address(text: str) -> str:
    from ..text.urls import absolute, is_web

    address = absolute("", text)
    if address is None or not is_web(address):
        problem = "is not the address of a feed"
        remedy = "Write all of it, such as https://example.org/atom.xml."
        raise ConfigError(
            Diagnostic(code="address-invalid", place=text, problem=problem, remedy=remedy)
        )
    return address


def _print_verdict(verdict: Verdict, before: Collection[Verdict]) -> None:
    # Feeds of one host have the same problems: the remedy of each is printed once.
    printed = {finding.remedy for each in before for finding in each.findings}
    typer.echo(verdict.url)
    for finding in verdict.findings:
        typer.echo(f"  {MARKS[finding.weight]} {_sentence(finding, printed)}")


def _sentence(finding: Finding, printed: Collection[str]) -> str:
    if not finding.remedy or finding.remedy in printed:
        return finding.what
    if "\n" not in finding.remedy:
        return f"{finding.what}. {finding.remedy}"
    lines = finding.remedy.replace("\n", "\n      ")
    return f"{finding.what}\n      {lines}"
