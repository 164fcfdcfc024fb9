"""Buttons on a task's page."""

from __future__ import annotations

from typing import Any

from .versions import BaseOperatorLink, XCom


class _Link(BaseOperatorLink):  # type: ignore[misc]
    @property
    def xcom_key(self) -> str:
        """Where the operator keeps the address as soon as it has it; Airflow 3 reads it there by itself."""
        return f"_link_{type(self).__name__}"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        return XCom.get_value(ti_key=ti_key, key=self.xcom_key) or ""


class MusterJobLink(_Link):
    """The job's page: why it waits, where it runs, how it ended."""

    name = "Muster job"


class MusterLogsLink(_Link):
    """Its output, also once its pods are gone."""

    name = "Muster output"
