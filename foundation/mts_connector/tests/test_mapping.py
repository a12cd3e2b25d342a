import json

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..checks.mapping import DEFAULT, KEYS, Problem, find_problems
from .common import ConnectorCase


@tagged("post_install", "-at_install")
class TestMapping(ConnectorCase):
    def test_default_fits(self):
        self.assertEqual(find_problems(json.dumps(DEFAULT)), [])
        self.assertEqual(find_problems(self.connector.mapping), [])
        self.assertEqual(tuple(DEFAULT), KEYS)
        self.assertEqual((DEFAULT["name"], DEFAULT["dob"]), (["name"], "dob"))

    def test_keys_may_be_left_out_and_paths_may_be_nested(self):
        for mapping in ({}, {"vid": "ids[0].value", "name": ["a.b", "c"]}):
            self.assertEqual(find_problems(json.dumps(mapping)), [])

    def test_unknown_key_names_the_nearest_right_one(self):
        nearest = {
            "Vid": "vid",
            "phone_number": "phoneNumber",
            "email": "emailId",
            "fulladdress": "fullAddress",
            "birthdate": "dob",
            "zzz": "",
        }
        for key, right in nearest.items():
            with self.subTest(key):
                self.assertEqual(
                    find_problems(json.dumps({key: "x"})), [Problem("unknown_key", key, right)]
                )

    def test_texts_and_lists_of_texts(self):
        for key in ("vid", "gender", "dob", "phoneNumber", "emailId"):
            for value in (["x"], 1, None, False, "", " ", {"a": "b"}):
                with self.subTest(key=key, value=value):
                    self.assertEqual(
                        find_problems(json.dumps({key: value})), [Problem("not_text", key)]
                    )
        for key in ("name", "fullAddress"):
            for value in ("x", [], ["x", 1], [None, 2], None):
                with self.subTest(key=key, value=value):
                    self.assertEqual(
                        find_problems(json.dumps({key: value})), [Problem("not_texts", key)]
                    )

    def test_every_problem_is_told_at_once(self):
        problems = find_problems('{"vid": 1, "name": "x", "birth": "y", "Gendre": "z"}')
        self.assertEqual(
            {(problem.code, problem.key) for problem in problems},
            {
                ("not_text", "vid"),
                ("not_texts", "name"),
                ("unknown_key", "birth"),
                ("unknown_key", "Gendre"),
            },
        )

    def test_what_is_no_object_of_json(self):
        self.assertEqual(find_problems("[]"), [Problem("not_object")])
        self.assertEqual(find_problems('"vid"'), [Problem("not_object")])
        self.assertEqual(
            find_problems('{"vid": "a", "vid": "b"}'), [Problem("repeated_key", "vid")]
        )
        (problem,) = find_problems("{'vid': 'a'}")
        self.assertEqual(problem.code, "not_json")
        self.assertIn("line 1", problem.detail)

    def test_saving_says_in_words_what_is_wrong(self):
        cases = {
            '{"nmae": ["a"]}': "Did you mean “name”",
            '{"zzz": "a"}': "MTS does not know “zzz”.",
            '{"name": "a"}': "“name” must be a list of texts",
            '{"dob": ["a"]}': "“dob” must be one text",
            "{'vid': 'a'}": "It is not JSON",
            "[]": "JSON object",
            '{"vid": "a", "vid": "b"}': "“vid” stands in it twice",
        }
        for mapping, words in cases.items():
            with self.subTest(mapping), self.assertRaisesRegex(ValidationError, words):
                self.connector.mapping = mapping

    def test_check_works_on_many_connectors_at_once(self):
        other = self._create_connector(name="B")
        with self.assertRaises(ValidationError):
            (self.connector | other).mapping = "nonsense"
