"""With a running service that has a pool of local processes, such as `./muster demo`."""

import sys
import unittest
import uuid

import muster
from muster import Client, JobFailed, NotFound, Refused, WaitTimeout
from service import found

SERVICE = found()


@unittest.skipIf(isinstance(SERVICE, str), SERVICE)
class ServiceTest(unittest.TestCase):
    def setUp(self):
        self.client = Client(team="default")
        self.role = self.client.local_role()

    def command(self, *words):
        return muster.command("from-python", words, role=self.role, cpu="100m", memory="32Mi")

    def test_a_job_is_submitted_once_followed_and_its_exit_code_read(self):
        body = self.command("sh", "-c", "echo one; echo two; exit 7")
        key = str(uuid.uuid4())
        submitted = self.client.submit(body, key=key)
        self.assertEqual(self.client.submit(body, key=key).id, submitted.id)
        self.assertEqual(b"".join(self.client.output(submitted)), b"one\ntwo\n")
        self.assertEqual(b"".join(self.client.logs(submitted, offset=4)), b"two\n")
        with self.assertRaisesRegex(JobFailed, "exit code 7"):
            self.client.wait(submitted, timeout=90, check=True)
        self.assertEqual(self.client.get(submitted.id).exit_code, 7)
        self.assertEqual(len(self.client.attempts(submitted)), 1)

    def test_a_job_that_is_left_is_cancelled(self):
        submitted = self.client.submit(self.command("sleep", "600"))
        with self.assertRaises(WaitTimeout):
            self.client.wait(submitted, timeout=0.3)
        self.client.cancel(submitted)
        self.assertEqual(self.client.wait(submitted, timeout=90).state, "CANCELLED")
        self.assertEqual(self.client.cancel(submitted).state, "CANCELLED")

    def test_a_function_computes_elsewhere(self):
        @muster.job(python=sys.executable, role=self.role, cpu="100m", memory="64Mi")
        def where(number):
            import os

            return [number + 1, os.environ["MUSTER_JOB"]]

        call = where.submit_to(self.client, None, 41)
        self.assertEqual(call.result(timeout=90), [42, call.id])

    def test_a_schedule_is_made_previewed_and_taken_away(self):
        name = "from-python-" + uuid.uuid4().hex[:8]
        spec = muster.schedule(name, "0 3 * * *", self.command("true"), team="default", timeZone="Europe/Berlin")
        self.client.schedules.put(spec)
        self.addCleanup(self.client.schedules.delete, name)
        self.client.schedules.put(spec)
        self.assertEqual(len(self.client.schedules.next(name, 3)), 3)
        self.assertTrue(self.client.schedules.pause(name, "tried")["status"]["paused"])
        self.client.schedules.resume(name)
        self.client.schedules.run(name)
        self.assertEqual(len(self.client.schedules.runs(name)), 1)

    def test_refusals_name_the_field(self):
        with self.assertRaises(Refused) as caught:
            self.client.submit(muster.command("x", ["true"], queue="no-such-queue"))
        self.assertEqual(caught.exception.errors[0].pointer, "/spec/queue")
        with self.assertRaises(NotFound):
            self.client.get("01m00000000000000000000000")
