"""Starts the packaged service with two teams in it and lets Schemathesis call every operation of its OpenAPI document.

As somebody who may submit for one of the teams, as its admin, as the operator. Found is: an answer of 5xx, a status or content type
that the document does not name, a stack trace or a class name in an answer, the other team's name in an answer to who may not know
of it, an operation that answers without a token, an operation that nobody called, and anything unexpected in the service's own log.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
CLONE = HERE.parent.parent
OWN = "own-team"
HIDDEN = "zz-hidden-zz"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,ignored_auth,no_leak"


class Service:
    """The packaged service with an empty data directory of its own, which is deleted at the end."""

    def __init__(self, jar):
        self.data = pathlib.Path(tempfile.mkdtemp(prefix="muster-fuzz"))
        self.log = open(self.data / "log", "wb")
        java = os.path.join(os.environ.get("JAVA_HOME", ""), "bin", "java")
        command = [java if os.path.exists(java) else "java", "-XX:TieredStopAtLevel=1", "-Xmx512m"]
        # Whoever makes up thousands of calls would be told 429 of most.
        command += [f"-Dmuster.access.rate.{each}=0" for each in ("calls-per-second", "strangers-per-second", "sign-ins-per-minute")]
        command += [f"-Dmuster.data={self.data}/muster", "-Dquarkus.http.port=0", "-jar", str(jar)]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT, cwd=self.data)
        end = time.time() + 300
        while True:
            try:
                self.url = json.loads((self.data / "muster/service.json").read_text())["url"]
                self.token = (self.data / "muster/token").read_text().strip()
                if self.call("GET", "/q/health/ready")[0] == 200:
                    return
            except (OSError, ValueError, KeyError):
                pass
            if self.process.poll() is not None or time.time() > end:
                sys.exit(f"error: the service did not start:\n{self.said()}")
            time.sleep(0.3)

    def call(self, method, path, body=None, headers=None):
        request = urllib.request.Request(self.url + path, method=method, data=None if body is None else json.dumps(body).encode())
        for name, value in {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **(headers or {})}.items():
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def make(self, method, path, body):
        status, text = self.call(method, path, body)
        if status not in (200, 201):
            sys.exit(f"error: {method} {path} gave {status}: {text}")
        return json.loads(text)

    def said(self):
        return (self.data / "log").read_text(errors="replace")

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.data, ignore_errors=True)


def furnish(service):
    """Two teams with a job, an array, a template and a schedule each; the tokens of a submitter and an admin of the first."""
    job = {"metadata": {"name": "train"}, "spec": {"notBefore": "2150-01-01T00:00:00Z", "roles": [{"name": "w", "resources": {"cpu": "1"}}]}}
    service.make("PUT", "/api/v1/pools/nodes", {"spec": {"nodes": 4, "resources": {"cpu": "8", "memory": "32Gi"}}})
    for team in (OWN, HIDDEN):
        service.make("PUT", f"/api/v1/queues/{team}", {"spec": {}})
        service.make("PUT", f"/api/v1/teams/{team}", {"spec": {"queue": team}})
        service.make("POST", f"/api/v1/teams/{team}/jobs", job)
        service.make("POST", f"/api/v1/teams/{team}/arrays", {**job, "spec": {**job["spec"], "array": {"size": 3}}})
        service.make("PUT", f"/api/v1/teams/{team}/templates/{team}-base", {"spec": {"job": {"queue": team}}})
        service.make("PUT", f"/api/v1/schedules/{team}-nightly", {"spec": {"cron": "0 3 * * *", "team": team, "job": {"spec": {"roles": job["spec"]["roles"]}}}})
    return [person(service, "ana", "SUBMITTER"), person(service, "bo", "TEAM_ADMIN")]


def person(service, name, duty):
    """The token of somebody with a duty in the first team."""
    service.make("POST", "/api/v1/grants", {"subject": name, "duty": duty, "scope": f"team/{OWN}"})
    return service.make("POST", "/api/v1/tokens", {"subject": name, "label": "fuzz"})["token"]


def fuzz(service, who, token, hidden, options):
    """True where nothing was found."""
    print(f"\n=== as {who}", flush=True)
    schema = service.data / "openapi.json"
    schema.write_text(service.call("GET", "/q/openapi?format=json", headers={"Accept": "application/json"})[1])
    command = [str(pathlib.Path(sys.executable).parent / "schemathesis"), "run", str(schema), "-u", service.url]
    command += ["-H", f"Authorization: Bearer {token}", "--checks", CHECKS, "--phases", options.phases]
    command += ["--max-examples", str(options.examples), "--seed", str(options.seed), "--request-timeout", "30"]
    command += ["--max-time", str(options.seconds)] if options.seconds else []
    command += ["--workers", "2", "--warnings", "off", "--continue-on-failure", "--suppress-health-check", "all"]
    counted = service.data / "calls.json"
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "checks", "PYTHONPATH": str(HERE), "MUSTER_FUZZ_HIDDEN": hidden, "MUSTER_FUZZ_CALLS": str(counted)}
    clean = subprocess.run(command, env=environment, cwd=service.data, check=False).returncode == 0
    return called(schema, counted, who) and clean


def called(schema, counted, who):
    """Tells how many calls there were of how many operations; false where one was left out."""
    there = {
        f"{method.upper()} {path}"
        for path, methods in json.loads(schema.read_text())["paths"].items()
        for method in methods
        if method in ("get", "put", "post", "patch", "delete")
    }
    calls = json.loads(counted.read_text()) if counted.exists() else {}
    left_out = sorted(there - calls.keys())
    print(f"as {who}: {sum(calls.values())} calls of {len(there) - len(left_out)} of {len(there)} operations", flush=True)
    for operation in left_out:
        print("not called:", operation)
    return not left_out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=20, help="made up for each operation, beside those that cover its schema (default 20)")
    parser.add_argument("--seconds", type=int, help="for each of the three, all in all: made up until then, in place of so many (default: none)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the same one makes the same calls")
    parser.add_argument("--phases", default="coverage,fuzzing", help="coverage, fuzzing, stateful (default the first two)")
    parser.add_argument("--jar", default=CLONE / "src/target/quarkus-app/quarkus-run.jar", help="the packaged service")
    options = parser.parse_args()
    if not os.path.exists(options.jar):
        sys.exit(f"error: there is no {options.jar}: package the service first (mvn package -pl src -am -DskipTests)")
    service = Service(options.jar)
    try:
        submitter, admin = furnish(service)
        clean = fuzz(service, "a submitter of one team", submitter, HIDDEN, options)
        clean = fuzz(service, "the admin of one team", admin, HIDDEN, options) and clean
        clean = fuzz(service, "the operator", service.token, "", options) and clean
        odd = [line for line in service.said().splitlines() if " ERROR " in line or "Unexpected failure" in line]
        for line in odd[:20]:
            print("in the service's log:", line[:300])
        alive = service.process.poll() is None
        if not alive:
            print("the service has ended:\n", service.said()[-3000:])
        if not (clean and alive and not odd):
            sys.exit(f"Found something; again with --seed {options.seed}")
        print(f"\nNothing found (seed {options.seed}).")
    finally:
        service.end()


if __name__ == "__main__":
    main()
