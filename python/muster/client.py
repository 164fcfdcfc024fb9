"""All that a program does with jobs and schedules. Every call raises :class:`muster.errors.MusterError` where it cannot be done."""

from __future__ import annotations

import time
import uuid
from typing import Any, Dict, Iterator, List, Mapping, Optional, Union

from . import connection
from .errors import BadInput, JobFailed, Problem, Unreachable, WaitTimeout
from .events import EventStream
from .exchange import BROKEN, SILENT, Exchange, Retries, path
from .jobs import FINAL, Job, JobBody, on_this_machine
from .schedules import Schedules

_PIECE = 16 * 1024
_SILENCE = 60.0
JobOrId = Union[Job, str]


class Client:
    """A service. Without arguments it is found as the command ``muster`` finds it, see :func:`muster.connection.find`. Threads may
    share one."""

    def __init__(
        self,
        server: Optional[str] = None,
        token: Optional[str] = None,
        *,
        context: Optional[str] = None,
        team: Optional[str] = None,
        retries: Retries = Retries(),
    ) -> None:
        found = connection.find(server, token, context)
        self.server = found.server
        self._exchange = Exchange(found, retries)
        self._team = team

    # --- jobs ---------------------------------------------------------------------------------------------------------

    def submit(self, job: JobBody, *, team: Optional[str] = None, key: Optional[str] = None, validate_only: bool = False) -> Job:
        """Submits it once: the same ``key`` within 24 hours gives the same job, also from another process. Without a key the
        call is safe to repeat by itself, and each call submits a new job."""
        answer = self._exchange.call(
            "POST",
            path("teams", team or (job.get("metadata") or {}).get("team") or self.team(), "jobs"),
            {"validateOnly": True} if validate_only else None,
            job,
            {"Idempotency-Key": key or str(uuid.uuid4())},
            repeatable=True,
        )
        return Job(answer)

    def get(self, job: JobOrId) -> Job:
        return Job(self._exchange.call("GET", self._at(job)))

    def find(self, *, filter: Optional[str] = None, team: str = "-", order_by: Optional[str] = None, most: int = 100) -> List[Job]:
        """Jobs by a filter of the API, such as ``state=QUEUED,RUNNING label.app=vision``; newest first."""
        query = {"filter": filter, "orderBy": order_by}
        return [Job(each) for each in self.pages(path("teams", team, "jobs"), query, most)]

    def cancel(self, job: JobOrId) -> Job:
        """Asks for its end; one that has ended already is given back as it is."""
        return self._steer(job, "cancel")

    def suspend(self, job: JobOrId) -> Job:
        return self._steer(job, "suspend")

    def resume(self, job: JobOrId) -> Job:
        return self._steer(job, "resume")

    def rerun(self, job: JobOrId, *, key: Optional[str] = None) -> Job:
        """A new job of the same spec."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        return Job(self._exchange.call("POST", self._at(job) + ":rerun", headers=headers, repeatable=True))

    def attempts(self, job: JobOrId) -> List[Dict[str, Any]]:
        return list(self._exchange.call("GET", self._at(job) + "/attempts")["items"])

    def explanation(self, job: JobOrId) -> Dict[str, Any]:
        """Why it waits, or how it ended; when it is expected to start."""
        return dict(self._exchange.call("GET", self._at(job) + "/explanation"))

    def links(self, job: JobOrId) -> List[Dict[str, Any]]:
        """Where the operator says it is shown elsewhere."""
        return list(self._exchange.call("GET", self._at(job) + "/links")["items"])

    def page_of(self, job: JobOrId) -> str:
        """The address of its page, for people."""
        return f"{self.server}/ui/jobs/{_id(job)}"

    def logs_of(self, job: JobOrId) -> str:
        """The address of its output, which stays the same after its pods are gone."""
        return self.server + self._at(job) + "/logs"

    # --- waiting ------------------------------------------------------------------------------------------------------

    def wait(self, job: JobOrId, *, timeout: Optional[float] = None, check: bool = False) -> Job:
        """Until it has ended, told by the stream of its events: nothing is asked again and again, no pod is looked at.

        :raises WaitTimeout: after ``timeout`` seconds; the job goes on
        :raises JobFailed: with ``check``, where it has not succeeded
        """
        ended = self._until(job, lambda now: now.is_final, timeout)
        if check and not ended.succeeded:
            raise JobFailed(ended)
        return ended

    def wait_started(self, job: JobOrId, *, timeout: Optional[float] = None) -> Job:
        """Until its first attempt is there, or until it has ended without."""
        return self._until(job, lambda now: now.is_final or now.attempt > 0, timeout)

    def job_set(self, name: str, *, team: Optional[str] = None) -> Dict[str, Any]:
        """How the jobs stand that were submitted with ``job_set=name``: ``status.state``, ``status.jobs`` by state, the first failure."""
        answer: Dict[str, Any] = self._exchange.call("GET", path("teams", team or self.team(), "jobSets", name))
        return answer

    def wait_set(self, name: str, *, team: Optional[str] = None, timeout: Optional[float] = None) -> Dict[str, Any]:
        """Until no job of the set is open, told by the stream of their events; how it stands then.

        :raises WaitTimeout: after ``timeout`` seconds; its jobs go on
        """
        of = team or self.team()
        until = None if timeout is None else time.monotonic() + timeout
        # Listening begins before looking, so that nothing falls between the two.
        with self.events(team=of, job_set=name) as events:
            events.connect()
            while True:
                now = self.job_set(name, team=of)
                # Each that is open tells its end once: the set is not counted anew for every one of them.
                left = sum(count for state, count in now["status"]["jobs"].items() if state not in FINAL)
                if left == 0:
                    return now
                while left > 0:
                    event = events.next(until)
                    if event is None:
                        raise WaitTimeout(
                            f"After {timeout:g} s: {left} jobs of set {of}/{name} have not ended\n  They go on; wait again, or cancel them"
                        )
                    left -= event.get("type") == "JOB_MOVED" and event.get("to") in FINAL

    def events(
        self,
        *,
        team: Optional[str] = None,
        job: Optional[JobOrId] = None,
        job_set: Optional[str] = None,
        cursor: Optional[str] = None,
    ) -> EventStream:
        """What happens from now on, or after ``cursor``; to be closed. A ``job_set`` is one of its ``team``."""
        return EventStream(self._exchange, team, None if job is None else _id(job), cursor, job_set)

    def _until(self, job: JobOrId, enough: Any, timeout: Optional[float]) -> Job:
        until = None if timeout is None else time.monotonic() + timeout
        now = self.get(job)
        if enough(now):
            return now
        # Listening begins before looking, so that nothing falls between the two.
        with self.events(job=now) as events:
            events.connect()
            while True:
                now = self.get(job)
                if enough(now):
                    return now
                if events.next(until) is None:
                    raise WaitTimeout(f"After {timeout:g} s: {now.sentence()}\n  It goes on; wait again, or cancel it")

    # --- output -------------------------------------------------------------------------------------------------------

    def logs(
        self,
        job: JobOrId,
        *,
        follow: bool = False,
        role: Optional[str] = None,
        index: int = 0,
        attempt: Optional[int] = None,
        offset: int = 0,
    ) -> Iterator[bytes]:
        """What a pod wrote from byte ``offset`` on, in pieces as they come. With ``follow`` until the pod has ended: waits for
        its start, and goes on at the right byte after a broken connection."""
        if offset < 0 or index < 0:
            raise BadInput(f"Bad offset {offset} or index {index}: expected 0 or more")
        if follow:
            attempt = attempt or self.wait_started(job).attempt or None
            if attempt is None:
                return
        query = {"role": role, "index": index or None, "attempt": attempt, "follow": True if follow else None}
        failures = 0
        while True:
            before = offset
            try:
                for piece in self._pieces(job, dict(query, offset=offset or None)):
                    offset += len(piece)
                    yield piece
                if follow or offset == before:
                    return
            except SILENT:
                continue  # It was silent for a while, which is no failure.
            except BROKEN as error:
                failures = 1 if offset > before else failures + 1
                if failures >= self._exchange.retries.tries:
                    raise Unreachable(f"The output of {_id(job)} broke off at byte {offset}, again and again: {error}") from error
                self._exchange.retries.pause(failures)

    def output(self, job: JobOrId, *, role: Optional[str] = None, index: int = 0) -> Iterator[bytes]:
        """What a pod writes as it comes, of one attempt after the other, until the job has ended."""
        number = max(1, self.get(job).attempt)
        while self._until(job, lambda now: now.is_final or now.attempt >= number, None).attempt >= number:
            yield from self.logs(job, follow=True, role=role, index=index, attempt=number)
            number += 1

    def text(self, job: JobOrId, **which: Any) -> str:
        """All that a pod has written until now, see :meth:`logs`."""
        return b"".join(self.logs(job, **which)).decode("utf-8", "replace")

    def _pieces(self, job: JobOrId, query: Mapping[str, Any]) -> Iterator[bytes]:
        headers = {"Accept": "text/plain, application/problem+json"}
        with self._exchange.open("GET", self._at(job) + "/logs", query, headers=headers) as stream:
            stream.within(_SILENCE)
            while True:
                piece = stream.answer.read1(_PIECE)
                if not piece:
                    return
                yield piece

    # --- the rest -----------------------------------------------------------------------------------------------------

    @property
    def schedules(self) -> Schedules:
        return Schedules(self._exchange, self.pages)

    def local_role(self) -> Dict[str, Any]:
        """For ``role`` of :func:`muster.command`: run it as a process of the service's machine, as with ``muster demo``."""
        return on_this_machine(list(self.pages(path("pools"), {}, 1000)))

    def team(self) -> str:
        """Whose jobs they are where nobody says: what the client was told, ``MUSTER_TEAM``, the only one, ``default``."""
        if self._team is None:
            self._team = connection.team() or self._usual_team()
        return self._team

    def _usual_team(self) -> str:
        names = [str(each["metadata"]["name"]) for each in self.pages(path("teams"), {}, 1000)]
        if len(names) == 1 or "default" in names:
            return names[0] if len(names) == 1 else "default"
        raise BadInput(f"Which team? There are {len(names)}: {', '.join(names[:10])}\n  Say team='NAME', or set MUSTER_TEAM")

    def pages(self, to: str, query: Mapping[str, Any], most: int) -> Iterator[Dict[str, Any]]:
        """The items of a list, page after page, ``most`` of them at most."""
        token: Optional[str] = None
        left = most
        while left > 0:
            page = self._exchange.call("GET", to, dict(query, pageToken=token, pageSize=min(left, 500)))
            for item in page["items"][:left]:
                left -= 1
                yield item
            token = page.get("nextPageToken")
            if not token:
                return

    def _steer(self, job: JobOrId, verb: str) -> Job:
        try:
            return Job(self._exchange.call("POST", f"{self._at(job)}:{verb}", repeatable=True))
        except Problem as problem:
            # Said before, or too late: for who asks for its end that is what was wanted.
            if verb == "cancel" and problem.code == "INVALID_STATE":
                return self.get(job)
            raise

    @staticmethod
    def _at(job: JobOrId) -> str:
        return path("teams", job.team if isinstance(job, Job) else "-", "jobs", _id(job))


def _id(job: JobOrId) -> str:
    if isinstance(job, Job):
        return job.id
    if not job or job.strip() != job:
        raise BadInput(f"Bad job '{job}': expected a job's id")
    return job

