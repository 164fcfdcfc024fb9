"""What happens, as it happens (server-sent events)."""

from __future__ import annotations

import json
import time
from typing import Any, Dict, Iterator, Optional

from .errors import Unreachable
from .exchange import BROKEN, SILENT, Exchange, Stream, path

# The service says every ten seconds that it lives.
_SILENCE = 30.0


class EventStream:
    """Goes on after the last event that was read when its connection breaks: none is missed, none comes twice."""

    def __init__(
        self, exchange: Exchange, team: Optional[str], job: Optional[str], cursor: Optional[str], job_set: Optional[str] = None
    ) -> None:
        self._exchange = exchange
        self._query = {"team": team, "job": job, "jobSet": job_set}
        self._stream: Optional[Stream] = None
        self._failures = 0
        self.cursor = cursor

    def connect(self) -> None:
        """Now, so that nothing which happens from here on is missed."""
        if self._stream is None:
            headers = {"Accept": "text/event-stream"}
            if self.cursor is not None:
                headers["Last-Event-ID"] = self.cursor
            self._stream = self._exchange.open("GET", path("events"), self._query, headers=headers)

    def next(self, until: Optional[float] = None) -> Optional[Dict[str, Any]]:
        """The next event; None where there is none until the time ``until`` of ``time.monotonic``."""
        while True:
            left = _SILENCE if until is None else until - time.monotonic()
            if left <= 0:
                return None
            try:
                self.connect()
                event = self._read(until)
            except BROKEN as error:
                self.close()
                if isinstance(error, SILENT) and until is not None and time.monotonic() >= until:
                    return None
                self._broken(error)
                continue
            self._failures = 0
            self.cursor = event["cursor"]
            return event

    def _read(self, until: Optional[float]) -> Dict[str, Any]:
        """Comments, the service's heart beat, are passed over."""
        assert self._stream is not None
        data = []
        while True:
            self._stream.within(_SILENCE if until is None else min(_SILENCE, until - time.monotonic()))
            line = self._stream.answer.readline()
            if not line:
                raise ConnectionError("the stream ended")
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            if text.startswith("data:"):
                data.append(text[5:].lstrip())
            elif not text and data:
                return dict(json.loads("\n".join(data)))

    def _broken(self, error: Exception) -> None:
        self._failures += 1
        if self._failures >= self._exchange.retries.tries:
            raise Unreachable(f"The stream of events of {self._exchange.server} broke, again and again: {error}") from error
        self._exchange.retries.pause(self._failures)

    def __iter__(self) -> Iterator[Dict[str, Any]]:
        while True:
            event = self.next()
            if event is not None:
                yield event

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def __enter__(self) -> "EventStream":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
