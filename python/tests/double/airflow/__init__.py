"""A double of what ``muster.airflow`` uses of Airflow, so that the operator is tested where there is none.

It keeps the contract of Airflow 2.10 and 3 as far as it goes, and no further: an operator takes ``task_id`` and leaves unknown
arguments to nobody, ``execute`` gets a context with ``ti``, ``defer`` ends it by an exception that carries trigger and method,
triggers are made anew from what they serialize, XCom is by task and key. ``./muster test --airflow`` runs the same tests with a
real Airflow.
"""
