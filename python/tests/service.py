"""Finds the service that tests are run with."""

from muster import Client, MusterError, Retries


def found():
    """A client, or a sentence why there is none."""
    try:
        client = Client(retries=Retries(1))
        client.local_role()
        return client
    except MusterError as error:
        return f"needs a running service with a pool of local processes, such as ./muster demo: {error}"
