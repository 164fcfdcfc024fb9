"""Builds the wheel and the source archive (PEP 517), with the standard library alone.

A wheel is a zip file with the package, its metadata and a list of hashes; the same sources give the same bytes.
"""

import base64
import hashlib
import io
import re
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "muster"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
ENTRY_POINTS = "[apache_airflow_provider]\nprovider_info = muster.airflow.provider:info\n"


def _field(name):
    """Of the table [project]; Python reads TOML itself from 3.11 on only."""
    found = re.search(rf'^{name} = "([^"]*)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    if not found:
        raise ValueError(f"pyproject.toml has no field '{name}': expected a line {name} = \"...\"")
    return found.group(1)


def _stem():
    return f"{_field('name').replace('-', '_')}-{_field('version')}"


def _metadata():
    return (
        "Metadata-Version: 2.1\n"
        f"Name: {_field('name')}\n"
        f"Version: {_field('version')}\n"
        f"Summary: {_field('description')}\n"
        f"License: {_field('license')}\n"
        f"Requires-Python: {_field('requires-python')}\n"
        "Provides-Extra: airflow\n"
        'Requires-Dist: apache-airflow>=2.8; extra == "airflow"\n'
        "Description-Content-Type: text/markdown\n\n" + (ROOT / "README.md").read_text("utf-8")
    )


def _sources():
    """Every file of the package by its path in the archive."""
    kept = (path for path in (ROOT / PACKAGE).rglob("*") if path.suffix == ".py" or path.name == "py.typed")
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in sorted(kept)}


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    info = f"{_stem()}.dist-info"
    files = _sources()
    files[f"{info}/METADATA"] = _metadata().encode("utf-8")
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: wheel_backend\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/entry_points.txt"] = ENTRY_POINTS.encode("utf-8")
    record = "".join(f"{path},sha256={_hash(content)},{len(content)}\n" for path, content in files.items())
    files[f"{info}/RECORD"] = (record + f"{info}/RECORD,,\n").encode("utf-8")
    name = f"{_stem()}-py3-none-any.whl"
    with zipfile.ZipFile(Path(wheel_directory) / name, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            wheel.writestr(entry, content)
    return name


def build_sdist(sdist_directory, config_settings=None):
    files = _sources()
    for name in ("pyproject.toml", "README.md", "backend/wheel_backend.py"):
        files[name] = (ROOT / name).read_bytes()
    files["PKG-INFO"] = _metadata().encode("utf-8")
    name = f"{_stem()}.tar.gz"
    with tarfile.open(Path(sdist_directory) / name, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for path, content in files.items():
            entry = tarfile.TarInfo(f"{_stem()}/{path}")
            entry.size = len(content)
            entry.mode = 0o644
            archive.addfile(entry, io.BytesIO(content))
    return name


def _hash(content):
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode("ascii")
