import logging


class BaseTrigger:
    def __init__(self):
        self.log = logging.getLogger("airflow.trigger")


class TriggerEvent:
    def __init__(self, payload):
        self.payload = payload
