"""Jobs as they are read and as they are asked for."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Mapping, Optional, Sequence

from .errors import BadInput

FINAL = frozenset(("SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED"))
JobBody = Dict[str, Any]
_LONGEST_NAME = 63


class Job:
    """How a job stood when it was read; ``body`` is all that the service said of it."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.body = body

    @property
    def id(self) -> str:
        return str(self.body["metadata"]["id"])

    @property
    def name(self) -> str:
        return str(self.body["metadata"]["name"])

    @property
    def team(self) -> str:
        return str(self.body["metadata"]["team"])

    @property
    def state(self) -> str:
        return str((self.body.get("status") or {}).get("state", ""))

    @property
    def attempt(self) -> int:
        """The number of its latest attempt; 0 before the first."""
        return int((self.body.get("status") or {}).get("attempt") or 0)

    @property
    def outcome(self) -> Mapping[str, Any]:
        """``result``, ``category``, ``role``, ``exitCode``, ``message`` as far as they are known; empty before the end."""
        return (self.body.get("status") or {}).get("outcome") or {}

    @property
    def exit_code(self) -> Optional[int]:
        """Of the pod that decided how it ended; 0 where it succeeded; None where it never came to that."""
        if self.state == "SUCCEEDED":
            return int(self.outcome.get("exitCode") or 0)
        code = self.outcome.get("exitCode")
        return None if code is None else int(code)

    @property
    def reason(self) -> Optional[str]:
        """Why it is not running, in words."""
        reason = (self.body.get("status") or {}).get("reason")
        return None if not reason else str(reason.get("message") or reason.get("code"))

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    @property
    def succeeded(self) -> bool:
        return self.state == "SUCCEEDED"

    def sentence(self) -> str:
        """One line for people."""
        told = [self.outcome.get("category"), self.outcome.get("message")]
        words = ": ".join(str(each) for each in told if each) or (self.reason if not self.is_final else "") or ""
        code = self.outcome.get("exitCode")
        exit_code = "" if code is None else f", exit code {code}"
        return f"Job {self.team}/{self.name} ({self.id}) is {self.state}{exit_code}" + (f": {words}" if words else "")

    def __repr__(self) -> str:
        return f"Job({self.id!r}, {self.team}/{self.name}, {self.state})"


def command(
    name: str,
    words: Sequence[str],
    *,
    image: Optional[str] = None,
    cpu: str = "1",
    memory: str = "256Mi",
    gpus: int = 0,
    count: int = 1,
    env: Optional[Mapping[str, str]] = None,
    queue: Optional[str] = None,
    priority_class: Optional[str] = None,
    templates: Sequence[str] = (),
    labels: Optional[Mapping[str, str]] = None,
    annotations: Optional[Mapping[str, str]] = None,
    retries: int = 0,
    max_run_time: Optional[str] = None,
    job_set: Optional[str] = None,
    spec: Optional[Mapping[str, Any]] = None,
    role: Optional[Mapping[str, Any]] = None,
) -> JobBody:
    """A job of ``count`` equal pods that run ``words``, all at once or none. What has no argument here goes into ``spec`` and
    ``role``, as the API has it. Without ``image`` it needs a template that has one, or a pool of local processes."""
    if isinstance(words, str) or not words or not all(isinstance(word, str) for word in words):
        raise BadInput(f"Bad command {words!r}: expected a list of words, such as ['python3', 'train.py']")
    asked: Dict[str, Any] = {"cpu": cpu, "memory": memory}
    if gpus:
        asked["nvidia.com/gpu"] = str(gpus)
    main: Dict[str, Any] = {"name": "main", "count": count, "command": list(words), "resources": asked}
    _put(main, image=image, env=dict(env) if env else None)
    main.update(role or {})
    body: Dict[str, Any] = {"roles": [main]}
    _put(body, queue=queue, priorityClass=priority_class, templates=list(templates) or None, maxRunTime=max_run_time, jobSet=job_set)
    if retries:
        body["retry"] = {"max": retries}
    body.update(spec or {})
    metadata: Dict[str, Any] = {"name": name_of(name)}
    _put(metadata, labels=dict(labels) if labels else None, annotations=dict(annotations) if annotations else None)
    return {"metadata": metadata, "spec": body}


def name_of(*words: str) -> str:
    """A name that the service takes, out of words that people write: ``Train it (nightly)`` is ``train-it-nightly``."""
    plain = re.sub(r"[^a-z0-9]+", "-", "-".join(words).lower()).strip("-")
    return plain[:_LONGEST_NAME].strip("-") or "job"


def on_this_machine(pools: Sequence[Mapping[str, Any]]) -> Dict[str, Any]:
    """Fields of a role that lead it to pools which run commands as processes of the service's machine, as a demo has one."""
    local = [pool for pool in pools if pool["spec"].get("localProcesses")]
    if not local:
        raise BadInput("No pool of this service runs commands as local processes\n  Name an image, or ask the operator for such a pool")
    names = [pool["metadata"]["name"] for pool in local]
    expression = {"key": "muster.dev/pool", "operator": "In", "values": names}
    fields: Dict[str, Any] = {"nodeAffinity": {"required": [{"matchExpressions": [expression]}]}}
    tolerations: List[Dict[str, Any]] = []
    for taint in (taint for pool in local for taint in pool["spec"].get("taints") or []):
        one = {"key": taint["key"], "operator": "Equal" if taint.get("value") else "Exists", "effect": taint.get("effect")}
        _put(one, value=taint.get("value"))
        if one not in tolerations:
            tolerations.append(one)
    if tolerations:
        fields["tolerations"] = tolerations
    return fields


def _put(into: Dict[str, Any], **fields: Any) -> None:
    into.update({name: value for name, value in fields.items() if value is not None})
