import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import muster
from muster import BadInput


@muster.job(cpu="2", env={"A": "b"}, retries=1)
def total(numbers, *, times: int = 1) -> "dict[str, int]":
    """Adds them."""
    from functools import reduce

    return {"total": times * reduce(lambda a, b: a + b, numbers)}


class FunctionsTest(unittest.TestCase):
    def test_here_it_is_still_a_function(self):
        self.assertEqual(total([1, 2]), {"total": 3})
        self.assertEqual(total.__doc__, "Adds them.")

    def test_its_job_computes_the_same(self):
        role = total.body([1, 2, 39], times=2)["spec"]["roles"][0]
        ran = subprocess.run([sys.executable, *role["command"][1:]], check=True, capture_output=True, text=True)
        self.assertEqual(ran.stdout.splitlines()[-1], "muster-result: " + json.dumps({"total": 84}))
        self.assertEqual(role["resources"]["cpu"], "2")
        self.assertEqual(role["env"], {"A": "b"})

    def test_what_cannot_go_along_is_refused_here(self):
        with self.assertRaisesRegex(BadInput, "arguments of total"):
            total.body(object())
        with self.assertRaises(TypeError):
            total.body([1], many=1)
        outer = 1
        with self.assertRaisesRegex(BadInput, "uses names.*outer"):

            @muster.job()
            def closing():
                return outer

        with self.assertRaisesRegex(BadInput, "no plain function"):

            @muster.job()
            async def later():
                pass

        with self.assertRaisesRegex(BadInput, "list of words"):
            muster.command("x", "rm -rf")

    def test_a_script_goes_along_as_it_is(self):
        with tempfile.TemporaryDirectory() as directory:
            file = Path(directory) / "Train it (nightly).py"
            file.write_text("import sys; print(sys.argv[1:])", "utf-8")
            body = muster.script(file, ["--epochs", "3"], image="python:3.12")
            file.write_text("this is no Python", "utf-8")
            with self.assertRaisesRegex(BadInput, "is no Python"):
                muster.script(file)
        self.assertEqual(body["metadata"]["name"], "train-it-nightly")
        ran = subprocess.run([sys.executable, *body["spec"]["roles"][0]["command"][1:]], check=True, capture_output=True, text=True)
        self.assertEqual(ran.stdout.strip(), "['--epochs', '3']")
