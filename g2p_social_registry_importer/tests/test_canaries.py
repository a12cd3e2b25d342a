import logging
import sys
from importlib import import_module

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .canaries import CANARY, columns_with, log_of_everything
from .common import ROOT, ImporterCase
from .people import CARD, NATIONAL, household, identifier, person, phone

#: Where data of people belong: the registrants themselves.
REGISTRANTS = {
    "g2p_phone_number.phone_no",
    "g2p_reg_id.value",
    "res_partner.address",
    "res_partner.complete_name",
    "res_partner.email",
    "res_partner.email_normalized",
    "res_partner.family_name",
    "res_partner.given_name",
    "res_partner.name",
    "res_partner.phone",
}
#: Closed to everybody, and removed when it expires.
CLOSED = {
    "g2p_social_registry_import_before_image.before",
    "g2p_social_registry_import_page.payload",
}
#: Open to the roles of the import only; see ``access_table.csv``.
FOR_ROLES = {
    "g2p_social_registry_import_decision.record_label",
    "g2p_social_registry_import_issue.record_label",
}
#: What a registry says in refusing a query is shown as it is, to the same.
WORDS_OF_THE_REGISTRY = {
    "g2p_social_registry_import_page.error",
    "g2p_social_registry_import_run.error",
    "g2p_social_registry_import_run.pass_reason",
    "spp_data_source.checkup_text",
    "spp_data_source.trial_text",
}
SECRET = "CANARY-SECRET"


@tagged("post_install", "-at_install")
class TestCanaries(ImporterCase):
    """Marked values go down every path; afterwards they are where they belong, and nowhere else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if str(ROOT) not in sys.path:
            sys.path.append(str(ROOT))
        cls.peers = import_module("tests.unit.importer.peers")

    def setUp(self):
        super().setUp()
        # Islands of that name are in Odoo's lists of languages and time zones.
        self.islands = columns_with(self.env, CANARY)
        self.assertTrue(all(column.startswith("ir_") for column in self.islands))

    def _people(self):
        ids = [identifier(NATIONAL, "CANARY-1"), identifier("A type unknown here", "CANARY-2")]
        return [
            person(
                "good",
                "CANARY, GOOD",
                reg_ids=ids,
                given_name="CANARY",
                address="CANARY street",
                email="canary@canary.example.test",
                phones=[phone("+254 CANARY"), phone("+254712000001")],
            ),
            person("bad-id", "CANARY, BAD ID", "CANARY-3" + "9" * 120),
            person("bad-day", "CANARY, BAD DAY", "CANARY-4", birthdate="2990-01-01"),
            person("refused", "CANARY, REFUSED", "CANARY-5"),
            household("h1", "CANARY household", "CANARY-6", [("good", "A kind unknown here")]),
            household("h2", "CANARY household", "CANARY-7", ["bad-id"]),
            household("h3", "CANARY household", "CANARY-8", ["bad-day"]),
            household("h4", "CANARY household", "CANARY-9", ["refused"]),
            household("h5", "CANARY household"),
            household("h6", "CANARY household", reg_ids=self._known()),
        ]

    def _family(self):
        people = self._people()
        return [people[0], people[4]]

    def _known(self):
        """Two IDs of two households: a record with both is a conflict."""
        for value, id_type in (("C-8", self.card), ("N-8", self.national)):
            row = {"id_type": id_type.id, "value": value}
            known = {"name": "Known", "is_registrant": True, "is_group": True}
            self.env["res.partner"].create({**known, "reg_ids": [(0, 0, row)]})
        return [identifier(NATIONAL, "N-8"), identifier(CARD, "C-8")]

    def _let_the_database_refuse(self):
        """A rule of the database itself: its complaint quotes the row."""
        self.env.cr.execute(
            "ALTER TABLE res_partner ADD CONSTRAINT no_such_name CHECK (name NOT LIKE '%REFUSED')"
        )

    def assertNothingLeaks(self, messages, *allowed):
        """Marked values are in none of the messages, and in no column but the allowed ones."""
        self.assertTrue(messages, "something was logged at all")
        token = self.data_source.sudo().access_token_value
        secrets = [CANARY, self.social_registry.client_secret, *filter(None, [token])]
        for message in messages:
            for secret in secrets:
                # The line is not shown: it would carry the secret into the log of the tests.
                self.assertFalse(secret in message, message.split(":")[0])
        found = columns_with(self.env, CANARY) - self.islands
        self.assertLessEqual(found, set().union(*allowed))
        of_tokens = columns_with(self.env, *secrets[2:]) if token else set()
        self.assertLessEqual(of_tokens, {"spp_data_source.access_token_value"})
        return found

    def _button(self, record, name):
        """Press a button; what it refuses in words is no matter here."""
        try:
            with self.env.cr.savepoint():
                getattr(record.with_user(self.operator), name)()
        except UserError as refusal:
            self.assertNotIn(CANARY, str(refusal))

    def test_good_bad_refused_and_conflicting_records(self):
        self._let_the_database_refuse()
        with log_of_everything() as messages:
            run = self.import_records(*self._people())
            self._button(run, "action_retry")
            self.queue.work_off()
            self._button(run.issue_ids, "action_retry")
            for issue in run.issue_ids.filtered("can_be_resolved"):
                self._button(issue, "action_resolve")
                issue.with_user(self.operator)._resolve("ignore", self.env["res.partner"])
            self.queue.work_off()
        self.assertTrue(run.failed_count and run.created_count)
        found = self.assertNothingLeaks(messages, REGISTRANTS, CLOSED, FOR_ROLES)
        self.assertIn("res_partner.name", found)
        self.assertIn("g2p_social_registry_import_issue.record_label", found)

    def test_a_preview(self):
        self.social_registry.put_registrants(self._people())
        with log_of_everything() as messages:
            importer = self.importer.with_user(self.operator)
            context = importer.action_preview()["context"]
            preview = self.env["g2p.social.registry.import.preview"].with_user(self.operator)
            with Form(preview.with_context(**context)) as dialog:
                self.assertIn(CANARY, dialog.result)
        self.assertFalse(self.assertNothingLeaks(messages))

    def test_changes_and_their_undo(self):
        self.import_records(*self._family())
        with log_of_everything() as messages:
            run = self.change_and_import({"key": "h1", "address": "CANARY avenue"})
            run.with_user(self.manager).action_undo()
            self.queue.work_off()
        self.assertEqual(run.undo_state, "done")
        self.assertNothingLeaks(messages, REGISTRANTS, CLOSED, FOR_ROLES)

    def test_a_programme_that_takes_nobody(self):
        program = self.env["g2p.program"].create({"name": "For families", "target_type": "group"})
        self.importer.target_program = program
        with log_of_everything() as messages:
            self.social_registry.put_registrants(self._family())
            run = self.start()
            program.end_program()
            self.queue.work_off()
        self.assertEqual(run.state, "incomplete")
        self.assertIn("enrolment_refused", run.issue_ids.mapped("code"))
        self.assertNothingLeaks(messages, REGISTRANTS, CLOSED, FOR_ROLES)

    def test_rejections_and_answers_of_another_form(self):
        self.social_registry.put_registrants(self._people())
        rejection = {"code": "rjct.CANARY", "message": "CANARY, GOOD is not for you"}
        for dials in (
            {"rjct": {"level": "item", **rejection}},
            {"rjct": {"level": "header", **rejection}},
            {"null_records": True},
            {"null_data": True},
            {"cut_body": 0.5},
            {"html": 200},
            {"http_500": True},
            {"http_401": True},
            {"token_401": True},
            {"token_missing": True},
        ):
            with self.subTest(dials=dials), log_of_everything() as messages:
                self.data_source.access_token_value = False
                self.social_registry.set_dials(**dials)
                self.assertEqual(self.run_import().state, "failed")
            self.assertNothingLeaks(messages, WORDS_OF_THE_REGISTRY)

    def _replies(self):
        """Answers that carry what they should not."""
        record = {"name": "CANARY, GOOD", "regIds": [{"value": "CANARY-1"}]}
        envelope = {"header": {"CANARY": record}, "message": {"search_response": [record]}}
        for status in (400, 403, 404, 422, 429, 500, 503):
            yield self.peers.Reply(status, {"detail": "CANARY, GOOD", "input": record})
        yield self.peers.Reply(422, {"detail": [{"loc": ["body"], "msg": "no", "input": record}]})
        yield self.peers.Reply(500, b"<html>CANARY, GOOD</html>", {"Content-Type": "text/html"})
        yield self.peers.Reply(200, envelope)
        yield self.peers.Reply(200, [record])
        yield self.peers.Reply(200, b'{"header": "CANARY, GOOD')
        yield self.peers.Reply(302, b"", {"Location": "https://CANARY.example.test/?CANARY-1"})

    def test_answers_of_the_registry_that_echo_people(self):
        for reply in self._replies():
            with self.subTest(status=reply.status), self.peers.serving(reply) as peer:
                self._point("Registry Sync Search", peer.url)
                with log_of_everything() as messages:
                    self._all_ways_to_ask()
                self.assertNothingLeaks(messages, WORDS_OF_THE_REGISTRY)

    def test_answers_of_the_identity_provider_that_echo_the_secret(self):
        self.data_source.oauth_client_secret = SECRET
        secret = {"spp_data_source.oauth_client_secret_value"}
        for reply in (
            self.peers.Reply(400, {"error": "invalid_client", "error_description": SECRET}),
            self.peers.Reply(401, {"error": SECRET}),
            self.peers.Reply(403, f"<html>{SECRET}</html>".encode()),
            self.peers.Reply(500, {"detail": SECRET}),
            self.peers.Reply(200, {"access_token": [SECRET]}),
            self.peers.Reply(200, f"{{{SECRET}".encode()),
        ):
            with self.subTest(status=reply.status), self.peers.serving(reply) as peer:
                self._point("Authentication", peer.url)
                with log_of_everything() as messages:
                    self._all_ways_to_ask()
                self.assertNothingLeaks(messages, secret)

    def _point(self, key, url):
        paths = self.data_source.data_source_path_ids
        paths.filtered(lambda path: path.key == key).value = url
        self.data_source.access_token_value = False

    def _all_ways_to_ask(self):
        """A run by hand, one by schedule, the check-up and the trial of the connection."""
        self._to_its_end(self.start())
        self.importer.write({"is_scheduled": True, "owner_id": self.operator.id})
        self.importer._start_by_schedule()
        self._to_its_end(self.importer.run_ids[:1])
        source = self.data_source.with_user(self.manager)
        for button in (source.action_check_up, source.action_test_connection):
            try:
                button()
            except UserError as refusal:
                self.assertNotIn(SECRET, str(refusal))
                if CANARY in str(refusal):
                    self.assertEqual(refusal.loglevel, logging.NOTSET, "Odoo would log it")

    def _to_its_end(self, run):
        """Jobs that wait for better times are tried some times only."""
        for _try in range(12):
            if waiting := self.queue.waiting:
                self.queue.perform(waiting[0])
        if run.state in ("fetching", "importing"):
            run.with_user(self.operator).action_cancel()
