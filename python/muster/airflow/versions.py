"""Where Airflow keeps its names: they moved with version 3."""

from __future__ import annotations

try:
    from airflow.sdk import BaseOperator, BaseOperatorLink
    from airflow.sdk.execution_time.xcom import XCom
except ImportError:
    from airflow.models import BaseOperator
    from airflow.models.baseoperatorlink import BaseOperatorLink
    from airflow.models.xcom import XCom

from airflow.exceptions import AirflowException

__all__ = ["AirflowException", "BaseOperator", "BaseOperatorLink", "XCom"]
