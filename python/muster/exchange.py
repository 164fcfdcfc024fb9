"""One request and its answer: adds the token, repeats what may be repeated, makes exceptions of problems."""

from __future__ import annotations

import http.client
import json
import socket
import time
from typing import Any, Dict, Mapping, NamedTuple, Optional
from urllib.parse import quote, urlencode, urlsplit

from .connection import Connection
from .errors import Problem, Unreachable

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 120.0
# Refusals before anything was done, or of a service that is only away for a moment.
PASSING = frozenset((429, 502, 503, 504))
LONGEST_PROBLEM = 1 << 20
BROKEN = (OSError, http.client.HTTPException)
# Two classes before Python 3.10.
SILENT = (TimeoutError, socket.timeout)


class Retries(NamedTuple):
    """How often a call that may be repeated is tried in all; the pause in between doubles from ``first`` up to ``longest`` seconds."""

    tries: int = 6
    first: float = 0.15
    longest: float = 5.0

    def pause(self, tried: int, asked: Optional[int] = None) -> None:
        ours = min(self.longest, self.first * 2 ** min(tried - 1, 20))
        time.sleep(min(self.longest, max(ours, asked or 0)))


def path(*segments: str) -> str:
    """Segments are quoted, whatever is in them."""
    return "/api/v1/" + "/".join(quote(segment, safe="-") for segment in segments)


class Stream:
    """An answer that is read as it comes; to be closed."""

    def __init__(self, connection: http.client.HTTPConnection, sock: Optional[socket.socket], answer: http.client.HTTPResponse):
        self._connection = connection
        self._socket = sock
        self.answer = answer

    def within(self, seconds: float) -> None:
        """No read waits for longer than this, but raises ``TimeoutError``."""
        if self._socket is not None:
            self._socket.settimeout(max(0.001, seconds))

    def close(self) -> None:
        self.answer.close()
        self._connection.close()

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Exchange:
    """Holds no connection between two calls, so threads may share it."""

    def __init__(self, connection: Connection, retries: Retries) -> None:
        self.server = connection.server
        self.retries = retries
        self._token = connection.token
        self._parts = urlsplit(connection.server)

    def call(
        self,
        method: str,
        to: str,
        query: Optional[Mapping[str, Any]] = None,
        body: Any = None,
        headers: Optional[Mapping[str, str]] = None,
        repeatable: bool = False,
    ) -> Any:
        """The answer's JSON; None where there is none."""
        with self.open(method, to, query, body, headers, repeatable) as stream:
            try:
                content = stream.answer.read()
            except BROKEN as error:
                raise self._unreachable(error) from error
        try:
            return json.loads(content) if content else None
        except ValueError as error:
            raise Problem.of(stream.answer.status, _foreign(content)) from error

    def open(
        self,
        method: str,
        to: str,
        query: Optional[Mapping[str, Any]] = None,
        body: Any = None,
        headers: Optional[Mapping[str, str]] = None,
        repeatable: bool = False,
    ) -> Stream:
        """The answer with its body unread."""
        said = {name: _shown(value) for name, value in (query or {}).items() if value is not None}
        target = self._parts.path + to + ("?" + urlencode(said) if said else "")
        content = None if body is None else json.dumps(body).encode("utf-8")
        again = repeatable or method == "GET"
        tried = 0
        while True:
            tried += 1
            connection = self._connect(tried)
            if connection is None:
                continue
            try:
                sock = connection.sock
                connection.request(method, target, content, self._headers(headers, content))
                answer = connection.getresponse()
                if answer.status < 300:
                    return Stream(connection, sock, answer)
                problem = Problem.of(answer.status, _problem(answer))
            except BROKEN as error:
                connection.close()
                if not again or tried >= self.retries.tries:
                    raise self._unreachable(error) from error
                self.retries.pause(tried)
                continue
            connection.close()
            if not again or tried >= self.retries.tries or answer.status not in PASSING:
                raise problem
            self.retries.pause(tried, problem.retry_after_seconds)

    def _connect(self, tried: int) -> Optional[http.client.HTTPConnection]:
        """None where it is to be tried again: nothing was sent, so anything may be."""
        kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(self._parts.hostname or "", self._parts.port, timeout=CONNECT_SECONDS)
        try:
            connection.connect()
        except OSError as error:
            connection.close()
            if tried >= self.retries.tries:
                raise self._unreachable(error) from error
            self.retries.pause(tried)
            return None
        connection.sock.settimeout(ANSWER_SECONDS)
        return connection

    def _headers(self, more: Optional[Mapping[str, str]], content: Optional[bytes]) -> Dict[str, str]:
        headers = {"Accept": "application/json, application/problem+json", "User-Agent": "muster-client-python"}
        if content is not None:
            headers["Content-Type"] = "application/json"
        if self._token is not None:
            headers["Authorization"] = "Bearer " + self._token
        headers.update(more or {})
        return headers

    def _unreachable(self, error: Exception) -> Unreachable:
        return Unreachable(f"No service answers at {self.server}: {error or type(error).__name__}\n  Is it running, and is that its address?")


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _problem(answer: http.client.HTTPResponse) -> Mapping[str, Any]:
    content = answer.read(LONGEST_PROBLEM)
    try:
        body = json.loads(content)
    except ValueError:
        body = None
    return body if isinstance(body, dict) and body.get("code") else _foreign(content)


def _foreign(content: bytes) -> Mapping[str, Any]:
    """Not ours: a proxy's page, perhaps. Its beginning says more than nothing."""
    return {"detail": content[:300].decode("utf-8", "replace").strip() or "The answer has no text"}
