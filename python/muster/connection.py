"""Where the service is, and with which token: what is said here, the environment, a service of this machine, ``muster login``."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Mapping, NamedTuple, Optional
from urllib.parse import urlsplit

from .errors import BadInput, NotConfigured


class Connection(NamedTuple):
    """The root of a service, such as ``http://127.0.0.1:8080``, and the token for it."""

    server: str
    token: Optional[str]

    def __repr__(self) -> str:
        return f"Connection({self.server!r}, token={'none' if self.token is None else 'kept to itself'})"


def find(
    server: Optional[str] = None,
    token: Optional[str] = None,
    context: Optional[str] = None,
    environment: Optional[Mapping[str, str]] = None,
) -> Connection:
    """As the command ``muster`` finds it: ``server``, ``MUSTER_SERVER``, the service whose data are in ``MUSTER_HOME`` (else
    ``.muster`` here), else the context that is named, or in use, of those that ``muster login`` keeps."""
    known = os.environ if environment is None else environment
    token = _text(token) or _text(known.get("MUSTER_TOKEN"))
    if _text(server):
        return Connection(_checked(str(server), "server"), token)
    wanted = _text(context) or _text(known.get("MUSTER_CONTEXT"))
    told = _text(known.get("MUSTER_SERVER"))
    if told and not _text(context):
        return Connection(_checked(told, "MUSTER_SERVER"), token)
    home = Path(known.get("MUSTER_HOME") or ".muster").absolute()
    if wanted is None:
        url = _json(home / "service.json").get("url")
        if isinstance(url, str):
            return Connection(_checked(url, str(home / "service.json")), token or _token_of(home))
    return _signed_in(wanted, token, known, home)


def team() -> Optional[str]:
    """``MUSTER_TEAM``."""
    return _text(os.environ.get("MUSTER_TEAM"))


def _signed_in(wanted: Optional[str], token: Optional[str], known: Mapping[str, str], home: Path) -> Connection:
    file = _contexts_file(known)
    kept = _json(file)
    contexts = kept.get("contexts")
    contexts = contexts if isinstance(contexts, dict) else {}
    name = wanted or kept.get("current")
    one = contexts.get(name) if isinstance(name, str) else None
    if isinstance(one, dict) and isinstance(one.get("server"), str):
        return Connection(_checked(one["server"], str(file)), token or _text(one.get("token")))
    if wanted is not None:
        there = ", ".join(sorted(contexts)) or "none"
        raise NotConfigured(f"There is no context '{wanted}' in {file}; there is: {there}\n  Sign in: muster login URL")
    raise NotConfigured(
        f"Nobody said which service is meant: no MUSTER_SERVER, no {home / 'service.json'}, no context in {file}\n"
        "  Set MUSTER_SERVER and MUSTER_TOKEN, or sign in: muster login URL"
    )


def _contexts_file(known: Mapping[str, str]) -> Path:
    if known.get("MUSTER_CONFIG"):
        return Path(known["MUSTER_CONFIG"]) / "contexts.json"
    configuration = known.get("XDG_CONFIG_HOME")
    directory = Path(configuration) if configuration else Path(known.get("HOME") or Path.home()) / ".config"
    return directory / "muster" / "contexts.json"


def _token_of(home: Path) -> Optional[str]:
    try:
        return _text((home / "token").read_text("utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NotConfigured(
            f"Cannot read the token in {home / 'token'}: {error.strerror}\n"
            "  Only who started the service may read it; or set MUSTER_TOKEN"
        ) from error


def _json(file: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise NotConfigured(f"Cannot read {file}: {error}\n  Delete it and sign in, or start the service, again") from error
    return content if isinstance(content, dict) else {}


def _checked(address: str, where: str) -> str:
    parts = urlsplit(address.strip())
    try:
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good or parts.query or parts.fragment or parts.username:
        raise BadInput(f"Bad server address '{address}' ({where}): expected http://HOST:PORT or https://HOST")
    return address.strip().rstrip("/")


def _text(value: Optional[str]) -> Optional[str]:
    return value.strip() if value and value.strip() else None
