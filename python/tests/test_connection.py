import json
import tempfile
import unittest
from pathlib import Path

from muster import BadInput, NotConfigured
from muster.connection import find


class ConnectionTest(unittest.TestCase):
    def setUp(self):
        kept = tempfile.TemporaryDirectory()
        self.addCleanup(kept.cleanup)
        self.here = Path(kept.name)
        self.known = {"MUSTER_HOME": str(self.here / "home"), "MUSTER_CONFIG": str(self.here / "config")}

    def write(self, name, content):
        file = self.here / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")

    def signed_in(self):
        contexts = {"work": {"server": "https://work.example", "token": "w"}, "home": {"server": "https://home.example", "token": "h"}}
        self.write("config/contexts.json", {"current": "work", "contexts": contexts})

    def test_the_environment_goes_before_what_was_written_down(self):
        self.signed_in()
        known = {**self.known, "MUSTER_SERVER": "http://127.0.0.1:1/", "MUSTER_TOKEN": " t\n"}
        self.assertEqual(find(environment=known), ("http://127.0.0.1:1", "t"))
        self.assertEqual(find("https://said.example", environment=known).server, "https://said.example")

    def test_a_service_of_this_machine_goes_before_one_that_was_signed_in_to(self):
        self.signed_in()
        self.write("home/service.json", {"url": "http://127.0.0.1:7", "pid": 1})
        self.write("home/token", "local\n")
        self.assertEqual(find(environment=self.known), ("http://127.0.0.1:7", "local"))
        self.assertEqual(find(context="home", environment=self.known), ("https://home.example", "h"))

    def test_the_context_in_use_else_the_one_that_is_named(self):
        self.signed_in()
        self.assertEqual(find(environment=self.known), ("https://work.example", "w"))
        self.assertEqual(find(environment={**self.known, "MUSTER_CONTEXT": "home"}).token, "h")
        with self.assertRaisesRegex(NotConfigured, "no context 'moon'.*home, work"):
            find(context="moon", environment=self.known)

    def test_who_knows_of_no_service_is_told_what_to_do(self):
        with self.assertRaisesRegex(NotConfigured, "(?s)no MUSTER_SERVER.*muster login"):
            find(environment=self.known)

    def test_a_file_that_is_no_json_is_named(self):
        self.write("config/contexts.json", "{")
        with self.assertRaisesRegex(NotConfigured, "contexts.json"):
            find(environment=self.known)

    def test_bad_addresses_are_refused_with_where_they_were_said(self):
        for bad in ("ftp://x", "example.com", "http://", "http://x:port", "http://x:99999", "http://me:secret@x", "http://x?y"):
            with self.subTest(bad), self.assertRaisesRegex(BadInput, "MUSTER_SERVER"):
                find(environment={**self.known, "MUSTER_SERVER": bad})

    def test_a_token_is_never_shown(self):
        self.assertNotIn("secret", repr(find("http://x", "secret", environment=self.known)))
