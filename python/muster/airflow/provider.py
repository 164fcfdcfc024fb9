"""How Airflow finds the links: its pages only show those that a provider has named."""

from __future__ import annotations

from typing import Any, Dict


def info() -> Dict[str, Any]:
    return {
        "package-name": "muster-client",
        "name": "Muster",
        "description": "Batch gangs that start whole",
        "extra-links": ["muster.airflow.links.MusterJobLink", "muster.airflow.links.MusterLogsLink"],
    }
