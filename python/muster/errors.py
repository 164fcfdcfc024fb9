"""What may go wrong: each error says what, where, and what the reader can do."""

from __future__ import annotations

from typing import Any, List, Mapping, Optional


class MusterError(Exception):
    """Everything that this package raises by itself."""


class NotConfigured(MusterError):
    """Nobody said where the service is."""


class BadInput(MusterError, ValueError):
    """An argument is wrong; nothing was sent."""


class Unreachable(MusterError, ConnectionError):
    """No service answers there, or the connection broke and could not be made again."""


class WaitTimeout(MusterError, TimeoutError):
    """What was waited for has not happened in the time that was given. The job goes on."""


class FieldError:
    """One fault of a request: ``pointer`` is where in its body (RFC 6901)."""

    def __init__(self, pointer: str, code: str, detail: str) -> None:
        self.pointer = pointer
        self.code = code
        self.detail = detail

    def __repr__(self) -> str:
        return f"FieldError({self.pointer!r}, {self.code!r}, {self.detail!r})"


class Problem(MusterError):
    """The service answered and refused, or could not (``application/problem+json``, RFC 9457).

    ``code`` is stable and meant for programs, ``errors`` say what is wrong where in the body, ``hints`` what to do about it,
    ``trace_id`` finds the request in the service's log.
    """

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(body.get("code") or f"HTTP_{status}")
        self.title = str(body.get("title") or f"HTTP {status}")
        self.detail: Optional[str] = body.get("detail")
        self.errors: List[FieldError] = [
            FieldError(str(each.get("pointer", "")), str(each.get("code", "")), str(each.get("detail", "")))
            for each in body.get("errors") or []
        ]
        self.hints: List[str] = [str(each) for each in body.get("hints") or []]
        self.retry_after_seconds: Optional[int] = body.get("retryAfterSeconds")
        self.trace_id: Optional[str] = body.get("traceId")
        super().__init__(self._sentences())

    def _sentences(self) -> str:
        lines = [f"{self.status} {self.code}: {self.detail or self.title}"]
        for error in self.errors:
            if error.detail not in lines[0]:
                lines.append(f"{error.pointer}: {error.detail}")
        lines.extend(self.hints)
        if self.trace_id and self.status >= 500:
            lines.append(f"In the service's log: {self.trace_id}")
        return "\n  ".join(lines)

    @staticmethod
    def of(status: int, body: Mapping[str, Any]) -> "Problem":
        """As the class that fits its status."""
        return _CLASSES.get(status, Problem)(status, body)


class Unauthenticated(Problem):
    """401: no token, or one that is good no more."""


class Forbidden(Problem):
    """403: this caller may not do that."""


class NotFound(Problem):
    """404: there is no such thing, or this caller may not see it."""


class Conflict(Problem):
    """409, 412: not possible in the present state, or changed meanwhile."""


class Refused(Problem):
    """400, 422: the request breaks a rule; ``errors`` say which field."""


_CLASSES = {400: Refused, 401: Unauthenticated, 403: Forbidden, 404: NotFound, 409: Conflict, 412: Conflict, 422: Refused}


class JobFailed(MusterError):
    """A job that was to succeed has ended otherwise; ``job`` is how it stands."""

    def __init__(self, job: Any) -> None:
        self.job = job
        super().__init__(job.sentence())
