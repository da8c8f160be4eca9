"""A WebDAV server (RFC 4918): folders are made as they are needed, files may come by MOVE."""

from __future__ import annotations

import secrets
from pathlib import PurePosixPath

from ...http.client import Client
from .destination import Anyhow, Condition, Upload
from .put import WebServer


class WebdavServer(WebServer):
    """A folder on a WebDAV server.

    With `by_move` a file is written beside its place and then moved there, which helps where the
    server writes in place, so that readers would see half of it.
    """

    def __init__(self, url: str, client: Client, *, by_move: bool) -> None:
        super().__init__(url, client)
        self._by_move = by_move
        self._folders: set[str] = set()

    def write(self, upload: Upload, when: Condition) -> str:
        """By PUT, or PUT and MOVE, after the folders above it are made."""
        self._make_folders(PurePosixPath(upload.path).parent)
        if self._by_move and isinstance(when, Anyhow):
            return self._write_and_move(upload)
        return super().write(upload, when)

    def make_folder_exclusively(self, path: str) -> bool | None:
        """By MKCOL, after the folders above it are made."""
        self._make_folders(PurePosixPath(path).parent)
        return super().make_folder_exclusively(path)

    def _write_and_move(self, upload: Upload) -> str:
        folder, name = PurePosixPath(upload.path).parent, PurePosixPath(upload.path).name
        beside = str(folder / f".{name}.{secrets.token_hex(4)}")
        reply = self._send("PUT", beside, headers=self._headers(upload), content=upload.content)
        self._expect(reply, beside, "written")
        headers = {"Destination": self._address(upload.path), "Overwrite": "T"}
        reply = self._send("MOVE", beside, headers=headers)
        # The answer to a MOVE that had worked may have been lost: then there is nothing to move.
        if reply.status == 404 and self._was_ours(upload, reply):
            return ""
        if reply.status >= 300:
            self.remove(beside)
        self._expect(reply, upload.path, "written")
        return ""

    def _make_folders(self, folder: PurePosixPath) -> None:
        for each in (*reversed(folder.parents), folder):
            if str(each) in self._folders:
                continue
            self._make_folder(f"{each}/" if each.name else "")
            self._folders.add(str(each))

    def _make_folder(self, name: str) -> None:
        reply = self._send("MKCOL", name)
        # A server may refuse to make its root, which is there: what matters comes next.
        if reply.status != 405 and name:
            self._expect(reply, name, "made")
