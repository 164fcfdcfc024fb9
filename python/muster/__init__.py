"""A client of Muster.

>>> import muster
>>> client = muster.Client()
>>> job = client.submit(muster.command("train", ["python3", "train.py"], image="example/train:3"), key="train-2026-06-01")
>>> for piece in client.logs(job, follow=True): print(piece.decode(), end="")
>>> client.wait(job, check=True).exit_code
"""

from .client import Client
from .errors import (
    BadInput,
    Conflict,
    FieldError,
    Forbidden,
    JobFailed,
    MusterError,
    NotConfigured,
    NotFound,
    Problem,
    Refused,
    Unauthenticated,
    Unreachable,
    WaitTimeout,
)
from .events import EventStream
from .exchange import Retries
from .functions import JobFunction, Submitted, job, script
from .jobs import FINAL, Job, command, name_of
from .schedules import schedule

__version__ = "0.1.0"

__all__ = [
    "FINAL",
    "BadInput",
    "Client",
    "Conflict",
    "EventStream",
    "FieldError",
    "Forbidden",
    "Job",
    "JobFailed",
    "JobFunction",
    "MusterError",
    "NotConfigured",
    "NotFound",
    "Problem",
    "Refused",
    "Retries",
    "Submitted",
    "Unauthenticated",
    "Unreachable",
    "WaitTimeout",
    "command",
    "job",
    "name_of",
    "schedule",
    "script",
]
