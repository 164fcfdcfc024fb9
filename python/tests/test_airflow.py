"""The operator on a double of Airflow (see double/airflow), with a running service."""

import asyncio
import sys
import unittest
import uuid

from airflow.exceptions import AirflowException
from airflow.models import TaskDeferred
from airflow.models.xcom import XCom

from muster.airflow import MusterJobLink, MusterLogsLink, MusterOperator, MusterTrigger
from service import found

SERVICE = found()


class Task:
    """What a context knows of the task that runs."""

    dag_id, task_id, map_index, try_number = "Nightly Load", "count_rows", -1, 1

    def __init__(self):
        self.run_id = "manual__2026-06-01T00:00:00+00:00-" + uuid.uuid4().hex

    def xcom_push(self, key, value):
        XCom.kept[(self.run_id, key)] = value


def run(operator, task):
    return operator.execute({"ti": task})


class ArgumentsTest(unittest.TestCase):
    def test_either_a_command_or_a_job(self):
        for given in ({}, {"command": ["true"], "job": {}}, {"job": {}, "options": {"cpu": "1"}}):
            with self.subTest(given), self.assertRaisesRegex(AirflowException, "count_rows"):
                MusterOperator(task_id="count_rows", **given)

    def test_a_trigger_is_made_anew_from_what_it_says_of_itself_without_the_token(self):
        path, told = MusterTrigger("j1", "http://x", "work", 2.0).serialize()
        self.assertEqual(path, "muster.airflow.trigger.MusterTrigger")
        self.assertEqual(MusterTrigger(**told).serialize(), (path, told))
        self.assertNotIn("token", told)

    def test_a_try_has_a_key_of_its_own(self):
        task = Task()
        first = MusterOperator._key({"ti": task})
        self.assertEqual(MusterOperator._key({"ti": task}), first)
        task.try_number = 2
        self.assertNotEqual(MusterOperator._key({"ti": task}), first)


@unittest.skipIf(isinstance(SERVICE, str), SERVICE)
class OperatorTest(unittest.TestCase):
    def operator(self, *words, **more):
        options = {"role": SERVICE.local_role(), "cpu": "100m", "memory": "32Mi"}
        return MusterOperator(task_id="count_rows", command=list(words), options=options, team="default", **more)

    def test_a_task_runs_tells_its_output_and_hands_on_how_it_ended(self):
        task = Task()
        with self.assertLogs("airflow.task") as told:
            given = run(self.operator("echo", "42 rows"), task)
        self.assertEqual((given["state"], given["exitCode"]), ("SUCCEEDED", 0))
        self.assertIn("INFO:airflow.task:42 rows", told.output)
        job = SERVICE.get(given["job"])
        self.assertEqual(job.name, "nightly-load-count-rows")
        self.assertEqual(job.body["metadata"]["annotations"]["airflow.apache.org/run"], task.run_id)
        self.assertEqual(MusterJobLink().get_link(None, ti_key=task.run_id), SERVICE.page_of(job))
        self.assertEqual(MusterLogsLink().get_link(None, ti_key=task.run_id), SERVICE.logs_of(job))

    def test_a_worker_that_dies_after_the_submit_finds_its_job(self):
        task, operator = Task(), self.operator("true", follow=False)
        first = run(operator, task)
        self.assertEqual(run(self.operator("true", follow=False), task), first)
        task.try_number = 2
        self.assertNotEqual(run(operator, task)["job"], first["job"])

    def test_a_job_that_fails_fails_its_task_with_the_verdict(self):
        with self.assertRaisesRegex(AirflowException, "FAILED, exit code 3"):
            run(self.operator("sh", "-c", "exit 3"), Task())

    def test_deferred_it_holds_no_worker_and_goes_on_when_the_job_has_ended(self):
        task, operator = Task(), self.operator("sh", "-c", "sleep 1; echo late", deferrable=True)
        with self.assertRaises(TaskDeferred) as deferred:
            run(operator, task)
        path, told = deferred.exception.trigger.serialize()
        trigger = getattr(sys.modules[path.rpartition(".")[0]], path.rpartition(".")[2])(**{**told, "every": 0.1})

        async def first():
            return await trigger.run().__anext__()

        event = asyncio.run(asyncio.wait_for(first(), 90)).payload
        again = self.operator("sh", "-c", "sleep 1; echo late", deferrable=True)
        with self.assertLogs("airflow.task") as output:
            self.assertEqual(getattr(again, deferred.exception.method_name)({"ti": task}, event)["exitCode"], 0)
        self.assertIn("INFO:airflow.task:late", output.output)

    def test_a_task_that_is_killed_cancels_its_job(self):
        operator = self.operator("sleep", "600", deferrable=True)
        with self.assertRaises(TaskDeferred) as deferred:
            run(operator, Task())
        operator.on_kill()
        self.assertEqual(SERVICE.wait(deferred.exception.trigger.job, timeout=90).state, "CANCELLED")
