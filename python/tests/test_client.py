import json
import socket
import unittest

import muster
from canned import Canned, answer, chunks, job
from muster import Client, JobFailed, Problem, Refused, Retries, Unreachable, WaitTimeout

QUICK = Retries(3, 0.01, 0.02)
PROBLEM = {
    "status": 422,
    "code": "VALIDATION",
    "title": "The request breaks a rule",
    "detail": "/spec/queue: there is no queue 'x'",
    "errors": [{"pointer": "/spec/queue", "code": "UNKNOWN_REFERENCE", "detail": "there is no queue 'x'"}],
    "hints": ["GET /api/v1/queues lists them"],
}


def client(service):
    return Client(service.url, "secret", team="vision", retries=QUICK)


def event(state, cursor):
    return b"id: " + cursor + b"\ndata: " + json.dumps({"cursor": cursor.decode(), "job": "j1", "to": state}).encode() + b"\n\n"


class CallsTest(unittest.TestCase):
    def test_a_submit_that_is_repeated_keeps_its_key(self):
        away = answer(503, {"code": "DATABASE_UNAVAILABLE", "retryAfterSeconds": 0})
        with Canned(away, away, answer(201, job("QUEUED"))) as service:
            submitted = client(service).submit(muster.command("train", ["true"]), key="mine")
        self.assertEqual(submitted.state, "QUEUED")
        self.assertEqual([headers["Idempotency-Key"] for _, _, headers, _ in service.asked], ["mine"] * 3)
        self.assertEqual(service.asked[0][2]["Authorization"], "Bearer secret")

    def test_what_is_not_the_same_when_done_twice_is_sent_once(self):
        with Canned(answer(503, {"code": "DATABASE_UNAVAILABLE"})) as service, self.assertRaises(Problem):
            client(service).schedules.run("nightly")
        self.assertEqual(len(service.asked), 1)

    def test_a_refusal_says_what_where_and_how_to_mend_it(self):
        with Canned(answer(422, PROBLEM)) as service, self.assertRaises(Refused) as caught:
            client(service).submit(muster.command("train", ["true"], queue="x"))
        self.assertEqual(caught.exception.code, "VALIDATION")
        self.assertEqual(caught.exception.errors[0].pointer, "/spec/queue")
        self.assertIn("GET /api/v1/queues", str(caught.exception))

    def test_a_page_of_a_proxy_is_a_problem_too(self):
        with Canned(answer(502, b"<h1>Bad gateway</h1>")) as service, self.assertRaisesRegex(Problem, "502 HTTP_502.*Bad gateway"):
            client(service).get("j1")
        self.assertEqual(len(service.asked), QUICK.tries)

    def test_a_redirect_is_not_followed_with_the_token(self):
        with Canned(answer(200, job("RUNNING"))) as other:
            with Canned(answer(307, b"", {"Location": other.url})) as service, self.assertRaises(Problem):
                client(service).get("j1")
        self.assertEqual(other.asked, [])

    def test_where_nobody_answers_the_address_is_named(self):
        with socket.socket() as bound:
            bound.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{bound.getsockname()[1]}"
            with self.assertRaisesRegex(Unreachable, address):
                Client(address, retries=QUICK).get("j1")

    def test_names_in_paths_are_quoted(self):
        with Canned(answer(200, job("RUNNING"))) as service:
            client(service).get("../../policy?x")
        self.assertEqual(service.asked[0][1], "/api/v1/teams/-/jobs/..%2F..%2Fpolicy%3Fx")

    def test_a_cancel_that_comes_too_late_gives_the_job(self):
        with Canned(answer(409, {"code": "INVALID_STATE"}), answer(200, job("SUCCEEDED"))) as service:
            self.assertEqual(client(service).cancel("j1").state, "SUCCEEDED")

    def test_lists_are_read_page_after_page(self):
        first = answer(200, {"items": [job("RUNNING"), job("RUNNING")], "nextPageToken": "more"})
        with Canned(first, answer(200, {"items": [job("QUEUED")]})) as service:
            self.assertEqual([each.state for each in client(service).find(most=10)], ["RUNNING", "RUNNING", "QUEUED"])
        self.assertIn("pageToken=more", service.asked[1][1])


class WaitingTest(unittest.TestCase):
    def test_a_broken_stream_goes_on_after_the_last_event(self):
        running = answer(200, job("RUNNING"))
        with Canned(
            running, chunks(b": alive\n\n", event("RUNNING", b"c7"), whole=False), running, running,
            chunks(event("SUCCEEDED", b"c8")), answer(200, job("SUCCEEDED")),
        ) as service:
            self.assertEqual(client(service).wait("j1").exit_code, 0)
        streams = [headers for _, path, headers, _ in service.asked if path.startswith("/api/v1/events")]
        self.assertEqual([headers.get("Last-Event-ID") for headers in streams], [None, "c7"])

    def test_a_wait_has_an_end_and_says_how_the_job_stands(self):
        queued = answer(200, job("QUEUED", 0, reason={"code": "NO_ROOM", "message": "8 cpu are free, 9 asked"}))

        def silent(handler):
            handler.send_response(200)
            handler.send_header("Content-Type", "text/event-stream")
            handler.end_headers()
            handler.rfile.read(1)

        with Canned(queued, silent, queued) as service, self.assertRaisesRegex(WaitTimeout, "QUEUED: 8 cpu are free"):
            client(service).wait("j1", timeout=0.2)

    def test_a_set_is_waited_for_by_the_ends_of_its_jobs(self):
        def stands(**jobs):
            return answer(200, {"metadata": {"name": "nightly"}, "status": {"state": "OPEN" if "RUNNING" in jobs else "FAILED", "jobs": jobs}})

        def ended(cursor):
            return event("FAILED", cursor).replace(b'"job"', b'"type": "JOB_MOVED", "job"')

        both = chunks(event("FAILED", b"c0"), ended(b"c1"), ended(b"c2"))
        with Canned(both, stands(RUNNING=2, SUCCEEDED=5), stands(SUCCEEDED=5, FAILED=2)) as service:
            self.assertEqual(client(service).wait_set("nightly")["status"]["state"], "FAILED")
        self.assertEqual(len(service.asked), 3)
        self.assertIn("team=vision&jobSet=nightly", service.asked[0][1])

    def test_checked_a_job_that_failed_is_an_error_with_its_verdict(self):
        failed = job("FAILED", outcome={"result": "FAILED", "category": "OOM", "exitCode": 137, "message": "worker 3"})
        with Canned(answer(200, failed)) as service, self.assertRaisesRegex(JobFailed, "exit code 137: OOM: worker 3") as caught:
            client(service).wait("j1", check=True)
        self.assertEqual(caught.exception.job.exit_code, 137)


class OutputTest(unittest.TestCase):
    def test_it_goes_on_at_the_right_byte_after_a_broken_connection(self):
        with Canned(
            answer(200, job("RUNNING")), chunks(b"one\n", b"tw", whole=False), chunks(b"o\n", "dreißig\n".encode()),
        ) as service:
            read = b"".join(client(service).logs("j1", follow=True))
        self.assertEqual(read.decode(), "one\ntwo\ndreißig\n")
        self.assertIn("offset=6", service.asked[2][1])
        self.assertIn("attempt=1", service.asked[2][1])

    def test_it_gives_up_where_nothing_comes(self):
        with Canned(answer(200, job("RUNNING")), chunks(whole=False)) as service, self.assertRaisesRegex(Unreachable, "byte 0"):
            list(client(service).logs("j1", follow=True))

    def test_of_a_job_that_ended_without_a_start_there_is_none(self):
        with Canned(answer(200, job("CANCELLED", 0))) as service:
            self.assertEqual(list(client(service).logs("j1", follow=True)), [])
