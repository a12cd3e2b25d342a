import json
from datetime import timedelta

import jq

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import hash_sign, mute_logger

from ..controllers.answers import MOST_BYTES
from ..mixins.mts_answers import TICKET_SCOPE
from .ledger_case import LedgerMixin

OUTPUT = {"vid": None, "status": "processed", "errorCode": None, "errorMessage": None}


@tagged("post_install", "-at_install")
class TestCallback(LedgerMixin, HttpCase):
    """Answers brought over HTTP, as the submission asked the MTS to bring them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.connector.write({"delivery_type": "callback", "g2p_answer_base_url": cls.base_url()})

    def setUp(self):
        super().setUp()
        self.seeder.reset()
        # The sample MTS must not reach this server: the test itself makes its calls, in its turn.
        self.seeder.set_dials(stuck=True)
        self.one, self.two = self.people("9001", "9002")

    def send(self, **vals):
        """Send everybody; what the MTS was asked for is kept in ``wish``."""
        self.connector.write(vals)
        self.connector.with_user(self.officer).action_approve()
        self.start()
        while not self.connector.g2p_request_ids.filtered(lambda r: r.state == "sent"):
            self.queue.perform(self.queue.waiting[0])
        self.wish = self.seeder.submissions()[-1]["envelope"]["request"]
        self.callback = self.wish["callbackProperties"]

    def results(self):
        """What the output format makes of each record, as the MTS runs it."""
        program = jq.compile(self.wish["outputFormat"])
        for record in self.wish["authdata"]:
            output = OUTPUT | {"token": f"token-{record['vid']}"}
            yield program.input_value({"input": record, "output": output}).first()

    def call(self, body, url=None, **headers):
        path = (url or self.callback["url"]).removeprefix(self.base_url())
        headers = {"Content-Type": "application/json", **headers}
        return self.url_open(path, data=json.dumps(body), headers=headers, method="POST")

    def take_in(self):
        answers = self.env["g2p.mts.answer"].search([("state", "=", "waiting")])
        for answer in answers:
            answer._take_in()

    def assert_tokens(self):
        self.take_in()
        tokens = [self.token(person) for person in (self.one, self.two)]
        self.assertEqual(tokens, ["token-9001", "token-9002"])

    def test_by_an_address_that_is_signed_for_the_request(self):
        self.send(callback_authtype="none")
        self.assertTrue(self.callback["callInBulk"])
        self.assertEqual(self.call(list(self.results())).status_code, 202)
        self.assert_tokens()

    def test_with_the_bearer_token_of_the_connector(self):
        self.send(callback_authtype="staticBearer", callback_auth_token="a-fixed-token")
        token = self.callback["authStaticBearer"]["token"]
        answer = self.call(list(self.results()), Authorization=f"Bearer {token}")
        self.assertEqual(answer.status_code, 202)
        self.assert_tokens()

    def log_in(self):
        """Send people, and log in as the MTS is told to; returns what the login says."""
        groups = "g2p_mts.group_mts_receiver"
        user = new_test_user(self.env, "test_mts_receiver", groups=groups, password="receive-only")
        self.send(
            callback_authtype="odoo",
            callback_auth_username=user.login,
            callback_auth_password="receive-only",
        )
        login = self.callback["authOdoo"]
        names = {"db": "database", "login": "username", "password": "password"}
        params = {ours: login[theirs] for ours, theirs in names.items()}
        body = {"jsonrpc": "2.0", "params": params}
        return self.call(body, url=login["authUrl"]).json()["result"]

    def test_with_an_odoo_login_call_by_call(self):
        self.assertEqual(self.log_in()["username"], "test_mts_receiver")
        self.assertFalse(self.callback["callInBulk"])
        for result in self.results():
            self.assertIs(self.call(result).json()["result"], True)
        self.assert_tokens()

    def test_who_has_the_login_of_the_mts_reads_no_registrant_and_no_id(self):
        self.log_in()
        everybody = [("is_registrant", "=", True)]
        self.assertEqual(self.rpc("res.partner", "search_count", everybody)["result"], 0)
        ways = ("res.partner", self.one.ids), ("g2p.reg.id", self.one.reg_ids.ids)
        for model, ids in (*ways, ("g2p.mts.request.line", self.lines().ids)):
            with self.subTest(model):
                error = self.rpc(model, "read", ids, ["display_name"])["error"]
                self.assertEqual(error["data"]["name"], "odoo.exceptions.AccessError")

    def rpc(self, model, method, *args):
        """What Odoo answers to a call of the session."""
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        with mute_logger("odoo.http"):
            return self.call({"jsonrpc": "2.0", "params": params}).json()

    def test_a_result_alone_is_taken_like_a_list(self):
        self.send(callback_authtype="none")
        for result in self.results():
            self.call(result)
        self.assert_tokens()

    def test_answers_are_put_down_at_once_and_emptied_when_taken_in(self):
        self.send(callback_authtype="none")
        self.call(list(self.results()))
        answer = self.env["g2p.mts.answer"].search([])
        self.assertEqual(answer.state, "waiting")
        self.assertFalse(self.token(self.one))
        self.take_in()
        self.assertEqual(answer.state, "taken_in")
        self.assertFalse(answer.sudo().payload)

    def test_the_same_call_twice_is_harmless(self):
        self.send(callback_authtype="none")
        for _time in range(2):
            self.call(list(self.results()))
        self.assert_tokens()
        quarantined = [("state", "=", "quarantined")]
        self.assertFalse(self.env["g2p.mts.answer"].search(quarantined))

    def test_who_has_no_right_is_turned_away(self):
        self.send(callback_authtype="none")
        ours = self.base_url() + "/g2p_mts"
        request = self.connector.g2p_request_ids
        late = hash_sign(self.env, TICKET_SCOPE, request.id, expiration=timedelta(seconds=-1))
        other = hash_sign(self.env, "another scope", request.id)
        bearer = f"{ours}/connector/{self.connector.id}/answers"
        places = [f"{ours}/answers/{text}" for text in ("guessed", late, other)]
        for place in [*places, bearer, f"{ours}/connector/999999/answers"]:
            with self.subTest(place.rpartition("/")[2][:8]):
                self.assertEqual(self.call([], url=place).status_code, 401)
        answer = self.call([], url=bearer, Authorization="Bearer ")
        self.assertEqual(answer.status_code, 401)
        self.assertFalse(self.env["g2p.mts.answer"].search([]))

    def test_only_the_receiving_user_may_call_by_login(self):
        self.send(callback_authtype="none")
        self.authenticate(self.operator.login, self.operator.login)
        answer = self.env["g2p.mts.answer"].with_user(self.operator)
        with self.assertRaisesRegex(Exception, "Only the user an MTS logs in as"):
            answer.accept(next(self.results()))

    def test_what_is_not_json_is_refused(self):
        self.send(callback_authtype="none")
        path = self.callback["url"].removeprefix(self.base_url())
        self.assertEqual(self.url_open(path, data="{", method="POST").status_code, 400)

    def test_more_than_the_most_bytes_is_turned_away_unread(self):
        self.send(callback_authtype="none")
        path = self.callback["url"].removeprefix(self.base_url())
        answers = self.env["g2p.mts.answer"]
        for size, status, taken in ((MOST_BYTES + 1, 413, 0), (MOST_BYTES, 202, 1)):
            with self.subTest(status):
                body = b"[]".ljust(size)
                self.assertEqual(self.url_open(path, data=body, method="POST").status_code, status)
                self.assertEqual(answers.search_count([]), taken)
