from odoo.tests import BaseCase, tagged

from ..urls import UrlError, check_base_url, check_path, check_url, join_url


@tagged("post_install", "-at_install")
class TestUrls(BaseCase):
    def test_join_puts_exactly_one_slash(self):
        for base in ("https://r.example.test/api", "https://r.example.test/api///"):
            for path in ("search", "/search", "//search"):
                with self.subTest(base=base, path=path):
                    self.assertEqual(join_url(base, path), "https://r.example.test/api/search")

    def test_join_keeps_slashes_inside_and_at_the_end_of_the_path(self):
        self.assertEqual(
            join_url("http://127.0.0.1:8069", "a//b/?q=1"), "http://127.0.0.1:8069/a//b/?q=1"
        )

    def test_join_leaves_an_absolute_url_alone(self):
        for url in ("https://idp.example.test/token", "HTTP://idp.example.test/token"):
            self.assertEqual(join_url("https://r.example.test", url), url)

    def test_join_with_nothing_gives_the_base(self):
        self.assertEqual(join_url("https://r.example.test/", " "), "https://r.example.test/")

    def test_join_never_leaves_the_host_for_a_scheme_relative_path(self):
        self.assertEqual(
            join_url("https://r.example.test", "//evil.example.test/x"),
            "https://r.example.test/evil.example.test/x",
        )

    def test_good_urls_come_back_without_outer_blanks(self):
        for url in (
            "https://r.example.test",
            "http://127.0.0.1:8069/a",
            "https://[::1]:8443/x",
            "HTTPS://R.example.test/é",
        ):
            with self.subTest(url):
                self.assertEqual(check_url(f" {url}\n"), url)

    def test_bad_urls_are_refused_with_their_reason(self):
        cases = {
            "": "not_absolute",
            "r.example.test/api": "not_absolute",
            "/api": "not_absolute",
            "https://": "not_absolute",
            "https:///api": "not_absolute",
            "https://:8443/x": "not_absolute",
            "ftp://r.example.test": "not_absolute",
            "javascript:alert(1)": "not_absolute",
            "file:///etc/passwd": "not_absolute",
            "https://[::1": "not_absolute",
            "https://r.example .test": "blank_inside",
            "https://r.example\t.test": "blank_inside",
            "https://r.example.test/\nx": "blank_inside",
            "https://user:pass@r.example.test": "credentials",
            "https://user@r.example.test": "credentials",
            "https://r.example.test:0": "port",
            "https://r.example.test:99999": "port",
            "https://r.example.test:http": "port",
        }
        for url, reason in cases.items():
            with self.subTest(url), self.assertRaises(UrlError) as caught:
                check_url(url)
            self.assertEqual(caught.exception.reason, reason, url)

    def test_a_base_url_has_no_query_or_fragment(self):
        for url in ("https://r.example.test/?a=1", "https://r.example.test/#a"):
            with self.subTest(url), self.assertRaises(UrlError) as caught:
                check_base_url(url)
            self.assertEqual(caught.exception.reason, "query")

    def test_a_path_is_relative_or_a_good_absolute_url(self):
        self.assertEqual(check_path(" /search?x=1 "), "/search?x=1")
        self.assertEqual(check_path("https://idp.example.test/t"), "https://idp.example.test/t")
        for path in ("ftp://idp.example.test/t", "https://a:b@idp.example.test", "/a b"):
            with self.subTest(path), self.assertRaises(UrlError):
                check_path(path)
