"""Waits in Airflow's triggerer, where a task holds no worker."""

from __future__ import annotations

import asyncio
from typing import Any, AsyncIterator, Dict, Optional, Tuple

from airflow.triggers.base import BaseTrigger, TriggerEvent

from muster import Client, MusterError, Unreachable


class MusterTrigger(BaseTrigger):  # type: ignore[misc]
    """Reads the job's row in Muster every ``every`` seconds, never its pods, until it has ended. The token is not kept here, where
    it would be written to Airflow's database: the triggerer finds it as the workers do."""

    def __init__(self, job: str, server: Optional[str] = None, context: Optional[str] = None, every: float = 5.0) -> None:
        super().__init__()
        self.job = job
        self.server = server
        self.context = context
        self.every = every

    def serialize(self) -> Tuple[str, Dict[str, Any]]:
        told = {"job": self.job, "server": self.server, "context": self.context, "every": self.every}
        return "muster.airflow.trigger.MusterTrigger", told

    async def run(self) -> AsyncIterator[Any]:
        client = await asyncio.to_thread(Client, self.server, context=self.context)
        while True:
            try:
                now = await asyncio.to_thread(client.get, self.job)
                if now.is_final:
                    yield TriggerEvent({"job": now.id, "state": now.state})
                    return
            except Unreachable as error:
                # The job goes on without the service, so the task waits for its return.
                self.log.warning("%s; asking again", error)
            except MusterError as error:
                yield TriggerEvent({"job": self.job, "error": str(error)})
                return
            await asyncio.sleep(self.every)
