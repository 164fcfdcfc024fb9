"""A task that is a job."""

from __future__ import annotations

import codecs
import hashlib
from typing import Any, Dict, Mapping, Optional, Sequence

from muster import Client, Job, MusterError, command, name_of

from .links import MusterJobLink, MusterLogsLink
from .trigger import MusterTrigger
from .versions import AirflowException, BaseOperator


class MusterOperator(BaseOperator):  # type: ignore[misc]
    """Submits a job, waits for its end, and hands on ``{"job", "state", "exitCode"}``.

    What it runs is ``command`` with ``options`` (those of :func:`muster.command`: image, cpu, memory, count, …), or ``job``, a whole
    job as the API has it. One try of one task in one run of a DAG is one job: a worker that dies after the submit and is started
    again finds the job that is there. Killing the task cancels the job.

    ``deferrable``: waits in the triggerer, asking every ``every`` seconds; a task that is killed while it is deferred leaves its
    job alone, because Airflow tells nobody. ``follow``: the output of the job's pod goes into the task's log.
    ``server``, ``context_name``: which service, else what the worker's environment says; the token always comes from there.
    """

    template_fields: Sequence[str] = ("command", "job", "options", "team")
    operator_extra_links = (MusterJobLink(), MusterLogsLink())
    ui_color = "#dfe8f5"

    def __init__(
        self,
        *,
        command: Optional[Sequence[str]] = None,
        job: Optional[Mapping[str, Any]] = None,
        options: Optional[Mapping[str, Any]] = None,
        team: Optional[str] = None,
        server: Optional[str] = None,
        context_name: Optional[str] = None,
        deferrable: bool = False,
        follow: bool = True,
        every: float = 5.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if (command is None) == (job is None):
            raise AirflowException(f"Task {self.task_id}: expected either command=[…] or job={{…}}, got both or neither")
        if job is not None and options:
            raise AirflowException(f"Task {self.task_id}: options go with command=[…]; write them into job={{…}}")
        self.command = command
        self.job = job
        self.options = options
        self.team = team
        self.server = server
        self.context_name = context_name
        self.deferrable = deferrable
        self.follow = follow
        self.every = every
        self._submitted: Optional[Job] = None

    def execute(self, context: Mapping[str, Any]) -> Any:
        client = self._client()
        submitted = client.submit(self._body(context), team=self.team, key=self._key(context))
        self._submitted = submitted
        self.log.info("%s\n%s", submitted.sentence(), client.page_of(submitted))
        task = context["ti"]
        task.xcom_push(key=MusterJobLink().xcom_key, value=client.page_of(submitted))
        task.xcom_push(key=MusterLogsLink().xcom_key, value=client.logs_of(submitted))
        if self.deferrable and not client.get(submitted).is_final:
            self.defer(trigger=MusterTrigger(submitted.id, self.server, self.context_name, self.every), method_name="ended")
        if self.follow:
            self._tell(client, submitted, follow=True)
        return self._result(client.wait(submitted))

    def ended(self, context: Mapping[str, Any], event: Mapping[str, Any]) -> Any:
        """Where a deferred task goes on."""
        if "error" in event:
            raise AirflowException(str(event["error"]))
        client = self._client()
        job = client.get(str(event["job"]))
        if self.follow and job.attempt:
            self._tell(client, job, follow=False)
        return self._result(job)

    def on_kill(self) -> None:
        if self._submitted is not None:
            self.log.info("Cancelling job %s", self._submitted.id)
            self._client().cancel(self._submitted)

    def _client(self) -> Client:
        return Client(self.server, context=self.context_name)

    def _body(self, context: Mapping[str, Any]) -> Dict[str, Any]:
        task = context["ti"]
        body = dict(self.job) if self.job is not None else command(task.task_id, list(self.command or ()), **dict(self.options or {}))
        metadata = dict(body.get("metadata") or {})
        if self.job is None or not metadata.get("name"):
            metadata["name"] = name_of(task.dag_id, task.task_id)
        told = {"airflow.apache.org/dag": task.dag_id, "airflow.apache.org/task": task.task_id, "airflow.apache.org/run": task.run_id}
        metadata["annotations"] = {**told, **(metadata.get("annotations") or {})}
        return dict(body, metadata=metadata)

    @staticmethod
    def _key(context: Mapping[str, Any]) -> str:
        task = context["ti"]
        # A run that was deleted and made again has the name of the old one, but is another.
        begun = getattr(context.get("dag_run"), "start_date", None)
        words = [task.dag_id, task.task_id, task.run_id, begun, getattr(task, "map_index", -1), task.try_number]
        return "airflow-" + hashlib.sha256("\0".join(map(str, words)).encode("utf-8")).hexdigest()

    def _tell(self, client: Client, job: Job, follow: bool) -> None:
        """The output is a help only: what goes wrong with it does not fail the task."""
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        rest = ""
        try:
            for piece in client.output(job) if follow else client.logs(job):
                *lines, rest = (rest + decoder.decode(piece)).split("\n")
                for line in lines:
                    self.log.info("%s", line)
        except MusterError as error:
            self.log.warning("The output of the job cannot be read: %s", error)
        if rest:
            self.log.info("%s", rest)

    def _result(self, job: Job) -> Dict[str, Any]:
        self.log.info("%s", job.sentence())
        if not job.succeeded:
            raise AirflowException(job.sentence())
        return {"job": job.id, "state": job.state, "exitCode": job.exit_code}
