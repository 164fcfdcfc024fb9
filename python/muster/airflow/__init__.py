"""Jobs of Muster as tasks of Airflow (2.8 or newer, 3)."""

from .links import MusterJobLink, MusterLogsLink
from .operator import MusterOperator
from .trigger import MusterTrigger

__all__ = ["MusterJobLink", "MusterLogsLink", "MusterOperator", "MusterTrigger"]
