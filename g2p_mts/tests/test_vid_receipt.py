import hmac
import json
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.g2p_secrets import places

from ..mixins.vid_deletion_signing import SIGNED
from .clean_up_case import OFFICER, CleanUpCase

OLD, NEW = "old:" + "o" * 40, "new:" + "n" * 40


@tagged("post_install", "-at_install")
class TestVidReceipt(CleanUpCase):
    """Proof: nobody changes a receipt, and whoever goes behind Odoo's back is found out."""

    def setUp(self):
        super().setUp()
        self.people = self.due(3)
        self.former = self.vids(self.people)

    def verdict(self, receipt):
        self.env.invalidate_all()
        action = receipt.with_user(self.officer).action_verify()
        return action["params"]["type"], action["params"]["message"]

    def sql(self, query, *values):
        self.env.flush_all()
        self.env.cr.execute(query, values)
        self.env.invalidate_all()

    def configured(self, text):
        """The keys of the server, as its environment has them."""
        return patch.dict(places.os.environ, {"G2P_MTS_RECEIPT_KEY": text})

    def test_verify_says_that_nothing_was_touched(self):
        kind, words = self.verdict(self.clean_up())
        self.assertEqual(kind, "success")
        self.assertIn("untouched", words)

    def test_no_vid_is_kept_anywhere_in_it(self):
        receipt = self.clean_up()
        text = str([*receipt.read(), *receipt.line_ids.read()])
        for vid in self.former:
            self.assertNotIn(vid, text)

    def test_whatever_is_changed_at_its_head_is_found(self):
        receipt = self.clean_up()
        for column, value in (
            ("deleted_count", 2),
            ("state", "interrupted"),
            ("started_at", "2020-01-01"),
            ("ended_at", None),
            ("rule_words", "Another rule."),
            ("rule_data", "{}"),
            ("rule_by_id", self.officer.id),
            ("found", '{"message": 1}'),
            ("is_practice", True),
            ("allowed_by_id", self.officer.id),
            ("line_chain", "0" * 64),
            ("signature", "0" * 64),
        ):
            with self.subTest(column), self.env.cr.savepoint() as savepoint:
                query = f"UPDATE g2p_mts_vid_deletion SET {column} = %s WHERE id = %s"  # noqa: S608
                self.sql(query, value, receipt.id)
                self.assertEqual(self.verdict(receipt)[0], "danger")
                savepoint.rollback()
        self.assertEqual(self.verdict(receipt)[0], "success")

    def test_whatever_is_changed_in_its_lines_is_found(self):
        receipt = self.clean_up()
        line, other = receipt.line_ids[1], self._person("EVE")
        company = self.env["res.company"].create({"name": "Another ministry"})
        for change, *values in (
            ("UPDATE # SET registrant = %s", other.id),
            ("UPDATE # SET company = %s", company.id),
            ("UPDATE # SET outcome = 'failed'",),
            ("UPDATE # SET reason = 'x'",),
            ("UPDATE # SET noted_at = noted_at - interval '1 s'",),
            ("UPDATE # SET row_id = -1",),
            ("DELETE FROM #",),
        ):
            query = change.replace("#", "g2p_mts_vid_deletion_line") + " WHERE id = %s"
            self.assertLinesBroken(receipt, query, *values, line.id)

    def test_lines_that_are_added_or_missing_at_the_end_are_found(self):
        receipt = self.clean_up()
        table = "g2p_mts_vid_deletion_line"
        last = f"DELETE FROM {table} WHERE id = %s"  # noqa: S608
        more = f"INSERT INTO {table} (deletion_id, outcome) VALUES (%s, 'failed')"  # noqa: S608
        self.assertLinesBroken(receipt, last, receipt.line_ids[2].id)
        self.assertLinesBroken(receipt, more, receipt.id)

    def assertLinesBroken(self, receipt, query, *values):
        """The change is found, and without it there is nothing to find."""
        with self.subTest(query), self.env.cr.savepoint() as savepoint:
            self.sql(query, *values)
            kind, words = self.verdict(receipt)
            self.assertEqual(kind, "danger")
            self.assertIn("lines were changed, added or removed", words)
            savepoint.rollback()
        self.assertEqual(self.verdict(receipt)[0], "success")

    def test_it_stays_valid_when_a_registrant_is_deleted(self):
        receipt = self.clean_up()
        number = self.people[0].id
        self.env["g2p.mts.request.line"].search([]).filtered("partner_id").unlink()
        self.people[0].unlink()
        self.assertEqual(self.verdict(receipt)[0], "success")
        self.assertIn(number, receipt.line_ids.mapped("registrant"))
        self.assertEqual(receipt.line_ids.partner_id, self.people[1:])
        found = receipt.line_ids.search([("partner_id", "=", self.people[1].id)])
        self.assertEqual(found, receipt.line_ids[1])
        found = receipt.line_ids.search([("partner_id", "ilike", self.people[1].name)])
        self.assertIn(receipt.line_ids[1], found)

    def test_it_is_verified_in_parts(self):
        receipt = self.clean_up()
        with patch("odoo.addons.g2p_mts.mixins.vid_deletion_signing._PART", 2):
            self.assertEqual(self.verdict(receipt)[0], "success")

    def test_a_change_is_found_in_whichever_batch_it_is(self):
        self.set_rule(batch="2")
        receipt = self.clean_up()
        self.assertTrue(receipt.sudo().line_chain.endswith(":2,1"))
        for line in receipt.line_ids:
            change = "UPDATE g2p_mts_vid_deletion_line SET registrant = -1 WHERE id = %s"
            self.assertLinesBroken(receipt, change, line.id)

    def test_no_role_writes_it_and_not_even_code_changes_a_signed_one(self):
        receipt = self.clean_up()
        admin = new_test_user(self.env, "test_vid_admin", groups=f"base.group_system,{OFFICER}")
        for records in (receipt, receipt.line_ids):
            for user in self.officer | admin:
                mine = records.with_user(user)
                self.assertTrue(mine.has_access("read"))
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(mine.has_access(operation))
            with self.assertRaises(AccessError):
                records.sudo().write({"create_date": "2020-01-01"})
            with self.assertRaises(AccessError):
                records.sudo().unlink()

    def test_lines_show_nobody_of_another_company(self):
        company = self.env["res.company"].create({"name": "Another ministry"})
        self.due(company_id=company.id)
        receipt = self.clean_up()
        self.assertEqual(receipt.deleted_count, 4)
        lines = self.env["g2p.mts.vid.deletion.line"].with_user(self.officer)
        found = lines.search([("deletion_id", "=", receipt.id)])
        self.assertEqual(found.partner_id, self.people)
        self.assertEqual(self.verdict(receipt)[0], "success")

    # -- receipts of 1.3 -------------------------------------------------------------------------

    def chain_of_1_3(self, receipt):
        """What 1.3 has written over the lines of a receipt: a link for each."""
        secret = receipt._secret()
        link = self.hmac(secret, f"g2p_mts.vid.deletion 1\n{receipt.id}")
        for line in receipt.line_ids._stored(receipt, 100):
            text = json.dumps(line, separators=(",", ":"), default=str)
            link = self.hmac(secret, f"{link}\n{text}")
        return link

    @staticmethod
    def hmac(secret, text):
        return hmac.new(secret, text.encode(), "sha256").hexdigest()

    def test_a_receipt_of_1_3_is_verified_as_before(self):
        receipt = self.clean_up()
        query = "UPDATE g2p_mts_vid_deletion SET {} = %s WHERE id = %s"
        self.sql(query.format("line_chain"), self.chain_of_1_3(receipt), receipt.id)
        head = {"id": receipt.id, **receipt.sudo().read(SIGNED, load=None)[0]}
        text = json.dumps(head, sort_keys=True, separators=(",", ":"), default=str)
        self.sql(query.format("signature"), self.hmac(receipt._secret(), text), receipt.id)
        self.assertEqual(self.verdict(receipt)[0], "success")
        change = "UPDATE g2p_mts_vid_deletion_line SET reason = 'x' WHERE id = %s"
        for line in receipt.line_ids:
            self.assertLinesBroken(receipt, change, line.id)

    def test_a_receipt_that_was_open_when_1_3_was_replaced_is_closed_and_verified(self):
        receipt = self.receipts._new({"state": "running"})
        lines = [(n, n, None, "failed", "Too old", None, None) for n in range(1, 4)]
        receipt.line_ids._add(receipt, lines)
        self.sql(
            "UPDATE g2p_mts_vid_deletion SET line_chain = %s WHERE id = %s",
            *(self.chain_of_1_3(receipt), receipt.id),
        )
        self.clean_up()
        self.assertEqual(receipt.state, "interrupted")
        self.assertEqual(self.verdict(receipt)[0], "success")
        change = "UPDATE g2p_mts_vid_deletion_line SET registrant = 9 WHERE id = %s"
        self.assertLinesBroken(receipt, change, receipt.line_ids[1].id)

    # -- keys ------------------------------------------------------------------------------------

    def test_an_older_key_still_verifies_and_a_key_that_is_gone_does_not(self):
        with self.configured(OLD):
            receipt = self.clean_up()
        self.assertEqual(receipt.key_name, "old")
        with self.configured(f"{NEW},{OLD}"):
            self.assertEqual(self.verdict(receipt)[0], "success")
        with self.configured(NEW):
            kind, words = self.verdict(receipt)
        self.assertEqual(kind, "danger")
        self.assertIn("does not have the key “old”", words)

    def test_a_receipt_whose_key_is_gone_meanwhile_is_closed_all_the_same(self):
        with self.configured(OLD):
            left = self.receipts._new({"state": "running"})
        with self.configured(NEW):
            self.clean_up()
            self.assertEqual((left.state, left.key_name), ("interrupted", "new"))
            self.assertEqual(self.verdict(left)[0], "success")

    def test_another_secret_under_the_same_name_does_not_verify(self):
        with self.configured(OLD):
            receipt = self.clean_up()
        with self.configured(OLD.replace("o" * 40, "x" * 40)):
            self.assertEqual(self.verdict(receipt)[0], "danger")

    def test_keys_that_cannot_be_read_are_told(self):
        receipt = self.clean_up()
        with self.configured("short:1"), self.assertRaisesRegex(UserError, "name:secret"):
            self.verdict(receipt)

    def test_a_reason_is_kept_letter_by_letter(self):
        receipt = self.receipts._new({})
        reasons = ['"quoted"', "back\\slash", "{a,b}", "NULL", "two\nlines", "", None, "ñ …"]
        lines = [(n, n, None, "failed", words, None, None) for n, words in enumerate(reasons)]
        receipt.line_ids._add(receipt, lines)
        self.assertEqual(list(receipt.line_ids._stored(receipt, 100)), lines)

    def test_what_is_the_same_in_all_lines_is_kept_in_all_of_them(self):
        now = fields.Datetime.now()
        alike = [(n, 7, 1, "failed", None, now, now) for n in range(3)]
        differ = [(5, 7, None, "failed", "x", now, None), (6, 8, 1, "practised", None, now, now)]
        for lines in (alike, differ, alike[:1]):
            receipt = self.receipts._new({"state": "running"})
            receipt.line_ids._add(receipt, lines)
            self.assertEqual(list(receipt.line_ids._stored(receipt, 2)), lines)
