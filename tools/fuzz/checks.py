"""What no answer of the service may hold, as a check of Schemathesis."""

import atexit
import collections
import json
import os
import re

import schemathesis

INSIDE = re.compile(
    r"\bat [a-z]\w*(\.\w+)+\([\w.]*(:\d+)?\)"
    r"|\b(java|javax|jakarta|dev\.muster|io\.quarkus|io\.vertx|io\.netty|io\.smallrye|org\.(hibernate|jboss|postgresql|postgres)"
    r"|com\.fasterxml)\.[a-z]+\.[A-Z]\w+"
    r"|\b\w+(Exception|Error): |SQLSTATE|Caused by:"
)
HIDDEN = os.environ.get("MUSTER_FUZZ_HIDDEN", "")
CALLS = os.environ.get("MUSTER_FUZZ_CALLS", "")
calls = collections.Counter()


@atexit.register
def tell():
    if CALLS:
        with open(CALLS, "w") as told:
            json.dump(calls, told)


@schemathesis.check
def no_leak(ctx, response, case):
    calls[case.operation.label] += 1
    text = response.text if response.content else ""
    head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    found = INSIDE.search(text)
    assert not found, f"an answer tells what the service is made of: {found.group()}"
    assert "x-powered-by" not in head.lower() and "\nserver:" not in head.lower(), f"an answer tells what serves it: {head}"
    if HIDDEN:
        asked = f"{case.formatted_path} {case.query} {case.body} {case.headers}"
        assert HIDDEN in asked or HIDDEN not in text, "an answer names a team that its caller may not know of"
    if response.status_code >= 400 and case.method.upper() != "HEAD":
        kind = str(response.headers.get("content-type", ""))
        assert "application/problem+json" in kind, f"a refusal is no problem: {response.status_code} {kind}"
