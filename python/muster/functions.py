"""Functions as jobs: their source goes along, their arguments and what they return as JSON."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
import time
from pathlib import Path
from typing import Any, Callable, Dict, Generic, Optional, Sequence, TypeVar, Union

from .client import Client
from .errors import BadInput, MusterError
from .jobs import Job, JobBody, command

Returned = TypeVar("Returned")

_RESULT = "muster-result: "
_LONGEST_SOURCE = 64 * 1024
_CALL = """

if __name__ == "__main__":
    import json as _json, sys as _sys
    _given = _json.loads(_sys.argv[1])
    _returned = {name}(*_given["args"], **_given["kwargs"])
    _sys.stdout.flush()
    print("\\n{marker}" + _json.dumps(_returned), flush=True)
"""


class Submitted(Generic[Returned]):
    """A call that became a job."""

    def __init__(self, client: Client, submitted: Job) -> None:
        self._client = client
        self.job = submitted

    @property
    def id(self) -> str:
        return self.job.id

    def wait(self, timeout: Optional[float] = None) -> Job:
        """Until it has ended, however."""
        self.job = self._client.wait(self.job, timeout=timeout)
        return self.job

    def result(self, timeout: Optional[float] = None) -> Returned:
        """What the function returned.

        :raises JobFailed: where it raised, or never came to its end
        """
        self.job = self._client.wait(self.job, timeout=timeout, check=True)
        # The end of the output may come to the service a moment after the end of the job.
        for wait in (0.0, 0.2, 0.5, 1.0, 2.0):
            time.sleep(wait)
            for line in reversed(self._client.text(self.job).splitlines()):
                if line.startswith(_RESULT):
                    value: Returned = json.loads(line[len(_RESULT) :])
                    return value
        raise MusterError(f"{self.job.sentence()}, but its output has no line '{_RESULT}…'\n  Was it too long, and cut?")

    def cancel(self) -> Job:
        return self._client.cancel(self.job)


class JobFunction(Generic[Returned]):
    """A function that runs here when it is called, and as a job when it is submitted."""

    def __init__(self, function: Callable[..., Returned], python: str, options: Dict[str, Any], name: Optional[str]) -> None:
        self._function = function
        self._python = python
        self._options = options
        self.name = name or function.__name__
        self.source = _source(function)
        self.__doc__ = function.__doc__

    def __call__(self, *args: Any, **kwargs: Any) -> Returned:
        return self._function(*args, **kwargs)

    def body(self, *args: Any, **kwargs: Any) -> JobBody:
        """The job that a call would be."""
        try:
            given = json.dumps({"args": args, "kwargs": kwargs})
        except TypeError as error:
            raise BadInput(f"Bad arguments of {self.name}: {error}\n  Expected what JSON has: texts, numbers, lists, maps, None") from error
        inspect.signature(self._function).bind(*args, **kwargs)
        code = self.source + _CALL.format(name=self._function.__name__, marker=_RESULT)
        return command(self.name, [self._python, "-c", code, given], **self._options)

    def submit(self, *args: Any, **kwargs: Any) -> "Submitted[Returned]":
        """On the service that is found where nobody says which."""
        return self.submit_to(Client(), None, *args, **kwargs)

    def submit_to(self, client: Client, key: Optional[str], *args: Any, **kwargs: Any) -> "Submitted[Returned]":
        return Submitted(client, client.submit(self.body(*args, **kwargs), key=key))


def job(
    *, name: Optional[str] = None, python: str = "python3", **options: Any
) -> Callable[[Callable[..., Returned]], JobFunction[Returned]]:
    """Makes a function a job: ``@muster.job(image="python:3.12", cpu="2")``; ``options`` are those of :func:`muster.command`.

    The pod gets the function's source, so it imports what it needs inside, and knows nothing of the module around it.
    """

    def decorate(function: Callable[..., Returned]) -> JobFunction[Returned]:
        return JobFunction(function, python, options, name)

    return decorate


def script(file: Union[str, Path], args: Sequence[str] = (), *, name: Optional[str] = None, python: str = "python3", **options: Any) -> JobBody:
    """A Python file as a job; its text goes along, what it imports is the image's."""
    path = Path(file)
    try:
        text = path.read_text("utf-8")
        ast.parse(text, str(path))
    except OSError as error:
        raise BadInput(f"Cannot read the script {path}: {error.strerror}") from error
    except (SyntaxError, ValueError) as error:
        raise BadInput(f"The script {path} is no Python: {error}") from error
    return command(name or path.stem, [python, "-c", _short(text, str(path)), *args], **options)


def _source(function: Callable[..., Any]) -> str:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError) as error:
        raise BadInput(f"The source of {function!r} cannot be read: {error}\n  Expected a function in a file: 'def name(…): …'") from error
    defined = tree.body[0]
    if not isinstance(defined, ast.FunctionDef):
        raise BadInput(f"{function!r} is no plain function\n  Expected 'def name(…): …', neither async nor a class")
    if function.__closure__:
        names = ", ".join(function.__code__.co_freevars)
        raise BadInput(f"{defined.name} uses names of the function around it: {names}\n  Give them as arguments")
    lines = textwrap.dedent(inspect.getsource(function)).splitlines()
    # Without its decorators, which are not there in the pod.
    return _short("from __future__ import annotations\n" + "\n".join(lines[defined.lineno - 1 :]), defined.name)


def _short(source: str, of: str) -> str:
    if len(source.encode("utf-8")) > _LONGEST_SOURCE:
        raise BadInput(f"The source of {of} has {len(source.encode('utf-8'))} bytes: expected at most {_LONGEST_SOURCE}\n  Put it into the image")
    return source
