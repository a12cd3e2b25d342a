from odoo.tests import BaseCase, tagged

from ..checks.http_url import is_http_url
from ..checks.jq_program import find_jq_problem


@tagged("post_install", "-at_install")
class TestChecks(BaseCase):
    def test_absolute_http_urls(self):
        for url in (
            "https://mts.example.test/seeder/",
            "http://127.0.0.1:8080",
            "https://[::1]/x?y=1",
        ):
            with self.subTest(url):
                self.assertTrue(is_http_url(url))

    def test_what_is_no_absolute_http_url(self):
        for url in (
            "mts.example.test",
            "/seeder",
            "https://",
            "https://:80",
            "https://[::1",
            "https://mts.example.test:0",
            "https://mts.example.test:70000",
            "ftp://mts.example.test",
            "javascript:alert(1)",
            "https://mts.example.test/a b",
            "https://mts.example.test\n",
            "https://user:word@mts.example.test",
        ):
            with self.subTest(url):
                self.assertFalse(is_http_url(url))

    def test_jq_programs(self):
        for program in (".output", '{id: (.input.ref // ""), token: .output.token}'):
            self.assertEqual(find_jq_problem(program), "")

    def test_what_is_no_jq_program_is_said_in_one_line(self):
        for program, words in ((".a |", "syntax error"), ("frob(.a)", "frob/1 is not defined")):
            problem = find_jq_problem(program)
            self.assertIn(words, problem)
            self.assertNotIn("\n", problem)
