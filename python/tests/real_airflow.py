"""The operator in a real Airflow, with a running service: `python -m unittest real_airflow`, which `./muster test --airflow` does."""

import os
import subprocess
import sys
import tempfile
import unittest
import uuid
from datetime import datetime, timezone

KEPT = tempfile.TemporaryDirectory()
os.environ.update(
    AIRFLOW_HOME=KEPT.name,
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__CORE__DAGS_FOLDER=KEPT.name + "/dags",
    AIRFLOW__CORE__UNIT_TEST_MODE="False",
)
os.makedirs(KEPT.name + "/dags")
subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

from service import found  # noqa: E402

SERVICE = found()
# Runs are of fixed days, so that they would be those of an earlier test.
NAME = "tried-" + uuid.uuid4().hex[:8]
DAGS = '''
from datetime import datetime, timezone
from airflow import DAG
from muster import Client
from muster.airflow import MusterOperator

options = {"role": Client().local_role(), "cpu": "100m", "memory": "64Mi", "env": {"DAY": "{{ ds }}"}}
common = {"options": options, "team": "default"}
with DAG("NAME", start_date=datetime(2026, 1, 1, tzinfo=timezone.utc), schedule=None) as good:
    first = MusterOperator(task_id="first", command=["sh", "-c", "echo day $DAY, argument {{ ds }}"], **common)
    late = MusterOperator(task_id="late", command=["sh", "-c", "sleep 1; echo late"], deferrable=True, every=0.2, **common)
    first >> late
with DAG("NAME-bad", start_date=datetime(2026, 1, 1, tzinfo=timezone.utc), schedule=None) as bad:
    MusterOperator(task_id="fails", command=["sh", "-c", "exit 3"], **common)
'''


def of(dag_id):
    file = KEPT.name + "/dags/of_muster.py"
    with open(file, "w", encoding="utf-8") as out:
        out.write(DAGS.replace("NAME", NAME))
    try:
        from airflow.dag_processing.bundles.manager import DagBundlesManager
        from airflow.models import DagBag

        DagBundlesManager().sync_bundles_to_db()
        from airflow.models.dagbag import sync_bag_to_db

        bag = DagBag(file, include_examples=False)
        sync_bag_to_db(bag, "dags-folder", None)
    except ImportError:
        from airflow.models import DagBag

        bag = DagBag(file, include_examples=False)
        bag.sync_to_db()
    assert not bag.import_errors, bag.import_errors
    return bag.dags[dag_id]


@unittest.skipIf(isinstance(SERVICE, str), SERVICE)
class RealAirflowTest(unittest.TestCase):
    def run_of(self, dag_id, day):
        return of(dag_id).test(datetime(2026, 6, day, tzinfo=timezone.utc))

    def value(self, run, task_id, key):
        task = next(each for each in run.get_task_instances() if each.task_id == task_id)
        return task.xcom_pull(task_ids=task_id, key=key)

    def test_tasks_run_as_jobs_one_in_a_worker_one_in_the_triggerer(self):
        run = self.run_of(NAME, 1)
        self.assertEqual({each.task_id: str(each.state) for each in run.get_task_instances()}, {"first": "success", "late": "success"})
        for task_id in ("first", "late"):
            given = self.value(run, task_id, "return_value")
            self.assertEqual((given["state"], given["exitCode"]), ("SUCCEEDED", 0))
            job = SERVICE.get(given["job"])
            self.assertEqual(job.name, f"{NAME}-{task_id}")
            self.assertEqual(self.value(run, task_id, "_link_MusterJobLink"), SERVICE.page_of(job))
        output = SERVICE.text(self.value(run, "first", "return_value")["job"])
        self.assertRegex(output, "^day (20..-..-..), argument \\1\n$")

    def test_a_job_that_fails_fails_its_task(self):
        run = self.run_of(NAME + "-bad", 2)
        self.assertEqual([str(each.state) for each in run.get_task_instances()], ["failed"])

    def test_its_pages_know_the_links(self):
        from airflow.providers_manager import ProvidersManager

        self.assertIn("muster.airflow.links.MusterJobLink", ProvidersManager().extra_links_class_names)


if __name__ == "__main__":
    unittest.main()
