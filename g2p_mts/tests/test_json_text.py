from odoo.tests import BaseCase, tagged

from ..checks.json_text import JsonTextError, parse_list, to_json, to_python


@tagged("post_install", "-at_install")
class TestJsonText(BaseCase):
    def _error(self, function, text):
        with self.assertRaises(JsonTextError) as caught:
            function(text)
        return caught.exception

    def test_lists(self):
        self.assertEqual(parse_list(' [["a", "=", true], null] '), [["a", "=", True], None])

    def test_python_is_recognised_and_put_right(self):
        fixes = {
            '[["a", "=", True]]': '[["a", "=", true]]',
            "[('a', '=', False), ('b', '=', None)]": '[["a", "=", false], ["b", "=", null]]',
            "['name']": '["name"]',
            "[('name', '=', 'True')]": '[["name", "=", "True"]]',
        }
        for text, fix in fixes.items():
            with self.subTest(text):
                error = self._error(parse_list, text)
                self.assertEqual((error.reason, error.detail), ("python", fix))
                self.assertEqual(to_json(text), fix)

    def test_what_is_neither_json_nor_python(self):
        for text in ("", "[", "[('a', '=', uid)]", "[{1, 2}]", "nonsense"):
            with self.subTest(text):
                error = self._error(parse_list, text)
                self.assertEqual(error.reason, "not_json")
                self.assertIn("line 1", error.detail)

    def test_what_is_no_list(self):
        for text in ("{}", "null", "1", '"a"'):
            with self.subTest(text):
                self.assertEqual(self._error(parse_list, text).reason, "not_list")
                self.assertEqual(self._error(to_json, text).reason, "not_list")

    def test_there_and_back(self):
        text = '[["a", "=", true], ["b", "in", [1, null]], ["c", "=", "\\u0e20\\u0e39"]]'
        self.assertEqual(to_json(to_python(text)), text)
