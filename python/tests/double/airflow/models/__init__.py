import logging


class TaskDeferred(BaseException):
    def __init__(self, trigger, method_name):
        super().__init__(method_name)
        self.trigger = trigger
        self.method_name = method_name


class BaseOperator:
    template_fields = ()
    operator_extra_links = ()

    def __init__(self, *, task_id, **unknown):
        if unknown:
            raise TypeError(f"Invalid arguments were passed to {type(self).__name__}: {sorted(unknown)}")
        self.task_id = task_id
        self.log = logging.getLogger("airflow.task")

    def defer(self, *, trigger, method_name):
        raise TaskDeferred(trigger, method_name)
