"""Many addresses at once, but one at a time of each host, with a pause between."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from ..errors import FeedpubError
from ..text.urls import host

HOSTS_AT_ONCE = 6
"""Hosts asked at the same time: pages come as fast as they are read here."""

PAUSE_SECONDS = 1.0
"""Between two requests to one host: as crawlers that want to be welcome do."""

# Pages that wait to be read; whoever fetches more waits too, so that memory does not fill.
_RESULTS_WAITING = 12
# Seconds after which a thread that waits looks whether it still should.
_CHECK_SECONDS = 0.2

_Got = TypeVar("_Got")


def get_politely(
    urls: Iterable[str], get: Callable[[str], _Got], *, pause: float = PAUSE_SECONDS
) -> Iterator[tuple[str, _Got | FeedpubError]]:
    """What `get` gives or raises for each of `urls`, as it comes.

    When the caller stops, no further address is asked.
    """
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(host(url), []).append(url)
    results: queue.Queue[tuple[str, _Got | FeedpubError]] = queue.Queue(_RESULTS_WAITING)
    stopped = threading.Event()

    def ask(addresses: list[str]) -> None:
        for number, url in enumerate(addresses):
            # The wait ends at once when there is nobody left to ask for.
            if stopped.wait(pause if number else 0):
                return
            _put(results, (url, _got(get, url)), stopped)

    pool = ThreadPoolExecutor(max_workers=HOSTS_AT_ONCE)
    try:
        tasks = [pool.submit(ask, each) for each in by_host.values()]
        for _ in range(sum(map(len, by_host.values()))):
            yield _next(results, tasks)
    finally:
        stopped.set()
        pool.shutdown(cancel_futures=True)


def _got(get: Callable[[str], _Got], url: str) -> _Got | FeedpubError:
    try:
        return get(url)
    except FeedpubError as error:
        return error


def _put(results: queue.Queue[_Got], result: _Got, stopped: threading.Event) -> None:
    while not stopped.is_set():
        try:
            results.put(result, timeout=_CHECK_SECONDS)
        except queue.Full:
            continue
        return


def _next(results: queue.Queue[_Got], tasks: Iterable[Future[None]]) -> _Got:
    """The next result; raises what a task has raised that is no FeedpubError."""
    while True:
        try:
            return results.get(timeout=_CHECK_SECONDS)
        except queue.Empty:
            for task in tasks:
                if task.done() and (error := task.exception()):
                    raise error from None
