from contextlib import contextmanager

from psycopg2 import IntegrityError
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestLedgerLinks(LedgerCase):
    """Lines hardly have foreign keys: what these would see to is seen to without them."""

    def setUp(self):
        super().setUp()
        self.far = self.env["res.company"].create({"name": "Far"})
        [self.near_one] = self.people("9001")
        [self.far_one] = self.people("9002", company_id=self.far.id)
        self.request = self.env["g2p.mts.request"].create({"connector_id": self.connector.id})
        self.request._add_people([self.near_one.id, self.far_one.id])
        self.near, self.distant = self.request.line_ids.sorted("id")

    def test_a_line_has_no_other_foreign_key_than_that_of_its_token(self):
        self.cr.execute(
            """SELECT conname FROM pg_constraint
                WHERE contype = 'f' AND conrelid = 'g2p_mts_request_line'::regclass"""
        )
        self.assertEqual(self.cr.fetchall(), [("g2p_mts_request_line_token_id_fkey",)])

    def test_whoever_is_deleted_is_named_no_more_and_the_line_stays(self):
        self.assertEqual(self.distant.partner_id, self.far_one)
        self.far_one.unlink()
        self.assertRecordValues(
            self.near + self.distant,
            [
                {"partner_id": self.near_one.id, "company_id": self.env.company.id},
                {"partner_id": False, "company_id": self.far.id},
            ],
        )

    def test_whoever_is_left_of_two_people_was_sent_as_both(self):
        self.far_one.reg_ids.unlink()
        both = self.near_one + self.far_one
        self.env["base.partner.merge.automatic.wizard"]._merge(both.ids, self.near_one)
        self.assertFalse(self.far_one.exists())
        self.assertEqual(self.near_one.g2p_mts_line_ids, self.near + self.distant)

    def test_a_company_of_somebody_sent_stays_even_when_the_person_is_gone(self):
        self.far_one.unlink()
        with (
            self.assertRaises(IntegrityError) as caught,
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.far.unlink()
        self.assertIn("g2p_mts_request_res_company_rel", str(caught.exception))

    def test_a_request_holds_on_to_each_company_of_its_people_once(self):
        of_nobody = self.env["res.partner"].create({"name": "No registrant any more"})
        self.request._add_people([self.near_one.id, of_nobody.id])
        companies = self.request.sudo().company_ids
        self.assertEqual(companies, self.env.company + self.far)

    def test_lines_go_with_their_request(self):
        other = self.env["g2p.mts.request"].create({"connector_id": self.connector.id})
        other._add_people(self.near_one.ids)
        self.request.unlink()
        self.assertEqual(self.lines(), other.line_ids)


@tagged("post_install", "-at_install")
class TestLedgerMeetsDeletion(TransactionCase):
    """Somebody is deleted at the moment at which somebody else stores a batch with them.

    Both have a connection of their own, and what they do is committed.
    """

    def setUp(self):
        super().setUp()
        with self.database() as env:
            self.person = env["res.partner"].create({"name": "PERSON", "is_registrant": True}).id
            connector = env["mts.connector"].create(
                {"name": "Meets deletion", "mts_url": "https://mts.example.test"}
            )
            self.connector = connector.id
            request = env["g2p.mts.request"].create({"connector_id": connector.id})
            self.request = request.id
        self.addCleanup(self.clear)

    def clear(self):
        with self.database() as env:
            env["g2p.mts.request"].browse(self.request).unlink()
            env["mts.connector"].browse(self.connector).unlink()
            env["res.partner"].browse(self.person).exists().unlink()

    @contextmanager
    def database(self):
        """A connection of its own: an environment that is committed in the end, unless it fails."""
        with self.registry.cursor() as cursor:
            yield api.Environment(cursor, SUPERUSER_ID, {})

    def people_named(self):
        with self.database() as env:
            query = "SELECT partner_id FROM g2p_mts_request_line WHERE request_id = %s"
            env.cr.execute(query, [self.request])
            return env.cr.fetchall()

    def test_a_batch_that_the_deletion_has_not_seen_names_nobody_afterwards(self):
        with self.database() as deleting:
            deleting.cr.execute("SELECT 1")  # from here on it sees nothing that is new
            with self.database() as storing:
                storing["g2p.mts.request"].browse(self.request)._add_people([self.person])
            self.assertEqual(self.people_named(), [(self.person,)])
            deleting["res.partner"].browse(self.person).unlink()
        self.assertEqual(self.people_named(), [(None,)])

    def test_a_batch_that_has_not_seen_the_deletion_starts_over(self):
        with (
            self.assertRaises(SerializationFailure),
            mute_logger("odoo.sql_db"),
            self.database() as storing,
        ):
            storing.cr.execute("SELECT 1")
            with self.database() as deleting:
                deleting["res.partner"].browse(self.person).unlink()
            storing["g2p.mts.request"].browse(self.request)._add_people([self.person])
        self.assertEqual(self.people_named(), [])
