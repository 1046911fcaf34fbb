"""Asks the running node over the socket in its folder, which only the machine's owner reaches."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from skyaccord.errors import NodeError
from skyaccord.node.folder import Folder
from skyaccord.node.socket_path import short_path

WAIT_S: Final = 30.0
MOST_BYTES: Final = 16 << 20
START: Final = "Start it: skyaccord node run {folder}"


class _Line(http.client.HTTPConnection):
    """HTTP over a socket in a folder."""

    def __init__(self, path: Path, wait_s: float) -> None:
        super().__init__("localhost", timeout=wait_s)
        self._path = path

    def connect(self) -> None:
        """Connect to the socket."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        with short_path(self._path) as name:
            self.sock.connect(name)


class OwnerCall:
    """Asks one node, as one duty."""

    def __init__(self, folder: Path, duty: str | None = None) -> None:
        self._folder = Folder(folder.absolute())
        self._folder.check()
        self._headers = {"X-Skyaccord": "1", **({"X-Skyaccord-Duty": duty} if duty else {})}

    def get(self, path: str) -> dict[str, Any]:
        """Return what a path answers.

        Raises:
            NodeError: the node does not run, or refuses; its words and cure.
        """
        return self._ask("GET", path, None)

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Say something to a path; as `get`."""
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
        line = _Line(self._folder.socket, WAIT_S)
        headers = dict(self._headers)
        data = None
        if body is not None:
            data = json.dumps(body).encode("utf-8")
            headers["Content-Type"] = "application/json"
        try:
            line.request(method, path, data, headers)
            answer = line.getresponse()
            content = json.loads(answer.read(MOST_BYTES))
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._silent(error) from None
        finally:
            line.close()
        if answer.status >= 400:
            raise NodeError(content["place"], content["detail"], content["cure"])
        return dict(content)

    def listen(self, path: str, seconds: float | None) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield name and content of each server-sent event; ends after some seconds without one, where given."""
        line = _Line(self._folder.socket, seconds or 60.0)
        try:
            line.request("GET", path, None, self._headers)
            answer = line.getresponse()
            if answer.status >= 400:
                content = json.loads(answer.read(MOST_BYTES))
                raise NodeError(content["place"], content["detail"], content["cure"])
            yield from _events(answer)
        except TimeoutError:
            return
        except (OSError, http.client.HTTPException) as error:
            raise self._silent(error) from None
        finally:
            line.close()

    def _silent(self, error: Exception) -> NodeError:
        cure = START.format(folder=self._folder.path)
        return NodeError(str(self._folder.path), f"the node does not answer ({error})", cure)


def _events(answer: http.client.HTTPResponse) -> Iterator[tuple[str, dict[str, Any]]]:
    name = ""
    while line := answer.readline():
        text = line.decode("utf-8").rstrip("\n")
        if text.startswith("event: "):
            name = text.removeprefix("event: ")
        elif text.startswith("data: "):
            yield name, json.loads(text.removeprefix("data: "))
