"""Advisories as OSV writes them (https://ossf.github.io/osv-schema): of files, and which of them are about a version."""

import json
import pathlib
import zipfile

from maven_order import KEY, compare

ECOSYSTEM = "Maven"


def of(place):
    """All that a file (.json, or .zip as OSV exports an ecosystem) or the files of a directory hold; one id once."""
    place = pathlib.Path(place)
    if not place.exists():
        raise OSError(f"there is no {place}")
    files = [place] if place.is_file() else sorted(place.rglob("*.json")) + sorted(place.rglob("*.zip"))
    found = {}
    for file in files:
        for name, text in texts(file):
            for record in records(name, text):
                found[record["id"]] = record
    return list(found.values())


def texts(file):
    if file.suffix != ".zip":
        yield str(file), file.read_text()
        return
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if name.endswith(".json"):
                yield f"{file}!{name}", archive.read(name).decode()


def records(name, text):
    try:
        said = json.loads(text)
    except ValueError as bad:
        raise ValueError(f"{name} is no JSON: {bad}") from bad
    said = said.get("vulns", [said]) if isinstance(said, dict) else said
    if not isinstance(said, list) or not all(isinstance(record, dict) and "id" in record and "affected" in record for record in said):
        raise ValueError(f"{name} is no advisory as OSV writes them: expected 'id' and 'affected'")
    return [record for record in said if "withdrawn" not in record]


def about(record, name, version):
    """True where the advisory says that this version of {@code group:artifact} has the hole."""
    return any(
        affected.get("package", {}).get("name") == name
        and affected.get("package", {}).get("ecosystem", "").split(":")[0] == ECOSYSTEM
        and (version in affected.get("versions", []) or any(within(span, version) for span in affected.get("ranges", [])))
        for affected in record["affected"]
    )


def within(span, version):
    """From where it was introduced until, without, where it was fixed; or until, with, the last that has it."""
    if span.get("type") not in ("ECOSYSTEM", "SEMVER"):
        return False
    has = False
    for kind, at in sorted(((kind, at) for event in span.get("events", []) for kind, at in event.items()), key=order):
        if kind == "introduced" and (at == "0" or compare(at, version) <= 0):
            has = True
        elif kind == "fixed" and compare(at, version) <= 0:
            has = False
        elif kind == "last_affected" and compare(at, version) < 0:
            has = False
    return has


def order(event):
    kind, at = event
    return (at != "0" or kind != "introduced", KEY(at), kind != "fixed")
