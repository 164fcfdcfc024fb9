"""Jobs that come again."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional

from .errors import Problem
from .exchange import Exchange, path
from .jobs import JobBody


def schedule(name: str, cron: str, job: JobBody, *, team: Optional[str] = None, **spec: Any) -> Dict[str, Any]:
    """A schedule of a job, whose own name is passed over. ``spec`` are further fields as the API has them: ``timeZone``,
    ``concurrency``, ``catchUp``, …"""
    metadata = job.get("metadata") or {}
    what: Dict[str, Any] = {"spec": job["spec"]}
    kept = {key: metadata[key] for key in ("labels", "annotations") if metadata.get(key)}
    if kept:
        what["metadata"] = kept
    body: Dict[str, Any] = {"cron": cron, "job": what}
    if team is not None:
        body["team"] = team
    body.update(spec)
    return {"metadata": {"name": name}, "spec": body}


class Schedules:
    """Reached as ``client.schedules``."""

    def __init__(self, exchange: Exchange, pages: Callable[[str, Mapping[str, Any], int], Iterator[Dict[str, Any]]]) -> None:
        self._exchange = exchange
        self._pages = pages

    def put(self, body: Mapping[str, Any]) -> Dict[str, Any]:
        """Creates or replaces it, whatever is there; what changes nothing changes nothing."""
        to = path("schedules", body["metadata"]["name"])
        try:
            return dict(self._exchange.call("PUT", to, body=body, repeatable=True))
        except Problem as problem:
            if problem.code != "ETAG_REQUIRED":
                raise
            return dict(self._exchange.call("PUT", to, body=body, headers={"If-Match": "*"}, repeatable=True))

    def get(self, name: str) -> Dict[str, Any]:
        return dict(self._exchange.call("GET", path("schedules", name)))

    def all(self, most: int = 10_000) -> List[Dict[str, Any]]:
        return list(self._pages(path("schedules"), {}, most))

    def delete(self, name: str) -> None:
        """Its jobs go on."""
        self._exchange.call("DELETE", path("schedules", name), headers={"If-Match": "*"})

    def next(self, name: str, count: int = 5) -> List[Dict[str, Any]]:
        """Its next ticks, and which interval each run is about."""
        return list(self._exchange.call("GET", path("schedules", name, "next"), {"count": count})["items"])

    def runs(self, name: str, most: int = 100) -> List[Dict[str, Any]]:
        """Newest first."""
        return list(self._pages(path("schedules", name, "runs"), {}, most))

    def pause(self, name: str, why: str) -> Dict[str, Any]:
        return dict(self._exchange.call("POST", path("schedules", name) + ":pause", body={"why": why}, repeatable=True))

    def resume(self, name: str) -> Dict[str, Any]:
        return dict(self._exchange.call("POST", path("schedules", name) + ":resume", repeatable=True))

    def run(self, name: str) -> Dict[str, Any]:
        """The newest interval that is over, now."""
        return dict(self._exchange.call("POST", path("schedules", name) + ":run"))

    def backfill(self, name: str, start: str, end: str, *, parallel: int = 1, again: bool = False) -> Dict[str, Any]:
        """The intervals of all ticks after ``start`` up to ``end`` (RFC 3339) that have not succeeded; with ``again`` all."""
        body = {"from": start, "to": end, "maxParallel": parallel, "again": again}
        return dict(self._exchange.call("POST", path("schedules", name, "backfills"), body=body))
