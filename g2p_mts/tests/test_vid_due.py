from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from ..flow.due import Due
from ..flow.vid_rule import read_rule
from .clean_up_case import CleanUpCase


@tagged("post_install", "-at_install")
class TestVidDue(CleanUpCase):
    """A VID goes when its token is safely there, and never on a guess."""

    def assertDue(self, people):
        rows = Due(self.env, read_rule(self.env)).after(0, 100)
        self.assertEqual({row.partner_id for row in rows}, set(people.ids))

    def assertNotDue(self):
        self.assertDue(self.env["res.partner"])

    def with_vid(self, **token):
        """Somebody with a VID, and with a token if something is said about it."""
        person = self._person("BEN")
        self.give_vid(person)
        return person, token and self.give_token(person, **token)

    def test_due_with_vid_and_token(self):
        self.assertDue(self.due(2))

    def test_not_without_a_token(self):
        self.with_vid()
        self.set_rule(own_nonce="False")
        self.assertNotDue()

    def test_not_without_a_vid(self):
        self.due().reg_ids.filtered(lambda row: row.id_type == self.vid_type).unlink()
        self.assertNotDue()

    def test_not_with_an_empty_vid(self):
        self.due().reg_ids.filtered(lambda row: row.id_type == self.vid_type).value = False
        self.assertNotDue()

    def test_not_with_an_empty_token(self):
        self.set_rule(own_nonce="False")
        _person, token = self.with_vid(value=False)
        self.assertNotDue()
        self.env.flush_all()
        self.env.cr.execute("UPDATE g2p_reg_id SET value = '  ' WHERE id = %s", [token.id])
        self.assertNotDue()

    def test_not_with_a_token_that_is_the_vid_itself(self):
        """It would stay in the registry under another name."""
        people = self.due(3)
        [plain, grouped] = self.vids(people[0]) + self.vids(people[1])
        grouped = f"{grouped[:4]} {grouped[4:8]}-{grouped[8:]}"
        for person, value in ((people[0], plain), (people[1], grouped)):
            # As an older release, or a callback of its own, has left it there.
            query = "UPDATE g2p_reg_id SET value = %s WHERE partner_id = %s AND id_type = %s"
            self.env.cr.execute(query, [value, person.id, self.token_type.id])
        for own_nonce in ("True", "False"):
            self.set_rule(own_nonce=own_nonce)
            self.assertDue(people[2])

    def test_not_with_a_token_that_is_invalid(self):
        people = self.due(2)
        token = people[0].reg_ids.filtered(lambda row: row.id_type == self.token_type)
        token.status = "invalid"
        self.assertDue(people[1])

    def test_due_with_a_token_nobody_has_said_anything_about(self):
        people = self.due()
        people.reg_ids.status = False
        self.assertDue(people)

    def test_the_token_of_another_type_does_not_count(self):
        self.set_rule(own_nonce="False")
        self.with_vid(id_type=self.card_type.id)
        self.assertNotDue()

    def test_not_with_a_token_that_did_not_come_for_the_own_nonce(self):
        person, _token = self.with_vid(status="valid")
        self.assertNotDue()
        self.set_rule(own_nonce="False")
        self.assertDue(person)

    def test_the_nonce_of_somebody_else_does_not_count(self):
        _person, token = self.with_vid(status="valid")
        self.receive(self._person("CLEO"), token)
        self.assertNotDue()

    def test_a_nonce_without_a_token_does_not_count(self):
        person, token = self.with_vid(status="valid")
        for state in ("refused", "lost"):
            self.receive(person, token, state=state)
        self.assertNotDue()

    def test_a_token_that_was_kept_against_another_one_is_no_answer(self):
        person, _token = self.with_vid(status="valid")
        line = self.receive(person, self.env["g2p.reg.id"], state="conflict")
        line.write({"error_code": "TWO-TOKENS", "offered_token": "another"})
        line.action_keep_token()
        self.assertEqual(line.state, "answered")
        self.assertNotDue()

    def test_not_for_a_token_that_was_changed_after_it_came(self):
        people = self.due(2)
        token = people[0].reg_ids.filtered(lambda row: row.id_type == self.token_type)
        token.value = "mistyped"
        self.assertDue(people[1])

    def test_not_while_two_tokens_are_in_conflict(self):
        people = self.due(2)
        self.receive(people[0], self.env["g2p.reg.id"], state="conflict")
        self.assertDue(people[1])

    def test_not_while_an_answer_is_waited_for(self):
        people = self.due()
        line = self.receive(people, self.env["g2p.reg.id"], state="sent")
        self.assertNotDue()
        line.is_superseded = True
        self.assertDue(people)

    def test_not_before_the_days_are_over(self):
        self.set_rule(after_days="2")
        people = self.due(2)
        self.assertNotDue()
        line = self.env["g2p.mts.request.line"].search([("partner_id", "=", people[0].id)])
        line.closed_at = fields.Datetime.now() - timedelta(days=2, minutes=1)
        self.assertDue(people[0])

    def test_the_days_count_from_the_token_where_no_nonce_is_asked_for(self):
        self.set_rule(after_days="2", own_nonce="False")
        _person, token = self.with_vid(status="valid")
        self.assertNotDue()
        self.env.flush_all()
        query = "UPDATE g2p_reg_id SET write_date = write_date - interval '3 days' WHERE id = %s"
        self.env.cr.execute(query, [token.id])
        self.assertDue(_person)

    def test_the_search_domain_says_whose(self):
        one, other = self.due(2)
        self.set_rule(search_domain=f'[["name", "=", "{one.name}"]]')
        self.assertDue(one)
        self.set_rule(search_domain='[["reg_ids.id_type.name", "=", "No such type"]]')
        self.assertNotDue()
        self.assertTrue(other)

    def test_archived_people_have_vids_as_well(self):
        people = self.due()
        people.active = False
        self.assertDue(people)

    def test_all_types_that_hold_vids_are_cleaned_up(self):
        people = self.due(2)
        self.give_vid(people[0], id_type=self.card_type.id)
        self.set_rule(more_id_types=str(self.card_type.id))
        due = Due(self.env, read_rule(self.env))
        rows = due.after(0, 100)
        self.assertEqual(due.count(), 3)
        self.assertEqual([row.row_id for row in rows], sorted(row.row_id for row in rows))
        self.assertEqual(due.after(rows[1].row_id, 100), rows[2:])

    def test_what_is_taken_is_locked_with_its_token_and_nothing_else_is(self):
        self.set_rule(own_nonce="False")
        # No line of the ledger here: each would have locked the token that it names.
        (taken, _token), (left, _token) = (self.with_vid(status="valid") for _one in range(2))
        due = Due(self.env, read_rule(self.env))
        self.assertEqual(len(due.after(0, 9)), 2)
        rows = taken.reg_ids | left.reg_ids
        self.assertFalse(self.locked(rows))
        self.assertEqual([row.partner_id for row in due.take(0, 1)], taken.ids)
        self.assertEqual(self.locked(rows), taken.reg_ids)

    def locked(self, rows):
        """Those that a statement has locked, or deleted."""
        query = "SELECT id FROM g2p_reg_id WHERE id = ANY(%s) AND xmax::text != '0'"
        return rows.browse(row[0] for row in self.env.execute_query(SQL(query, rows.ids)))

    def test_types_are_taken_together_in_the_order_of_their_rows(self):
        person = self.due()
        self.give_vid(person, id_type=self.card_type.id)
        self.set_rule(more_id_types=str(self.card_type.id))
        rows = Due(self.env, read_rule(self.env)).take(0, 100)
        self.assertEqual([row.id_type for row in rows], [self.vid_type.id, self.card_type.id])
        self.assertEqual(len(self.locked(person.reg_ids)), 3)

    def test_only_people_of_the_companies_that_are_meant(self):
        here = self.due()
        company = self.env["res.company"].create({"name": "Another ministry"})
        there = self.due(company_id=company.id)
        rule = read_rule(self.env)
        for companies, expected in (
            ((), here | there),
            (company.ids, there),
            (self.env.company.ids, here),
        ):
            due = Due(self.env, rule.for_companies(companies))
            with self.subTest(companies=companies):
                found = {row.partner_id for row in due.after(0, 9)}
                self.assertEqual(found, set(expected.ids))
                self.assertEqual(due.count(), len(expected))
                self.assertEqual((due.held(), due.concerned()), (len(expected), len(expected)))

    def test_a_long_table_of_ids_is_not_read_to_find_nothing(self):
        """Neither the IDs of other types nor the tokens of those who hold no VID any more."""
        person = self._person("BEN")
        self.env.flush_all()
        self.env.cr.execute(
            """WITH person AS (
                   INSERT INTO res_partner (name, is_registrant, company_id, type)
                   SELECT 'PERSON', TRUE, %s, 'contact' FROM generate_series(1, 20000)
                RETURNING id)
               INSERT INTO g2p_reg_id (partner_id, id_type, value)
               SELECT id, id_type, 'value-' || id FROM person, unnest(%s) AS id_type""",
            [person.company_id.id, [self.token_type.id, self.card_type.id]],
        )
        self.env.cr.execute("ANALYZE g2p_reg_id, res_partner, g2p_mts_request_line")
        for own_nonce in ("True", "False"):
            self.set_rule(own_nonce=own_nonce)
            due = Due(self.env, read_rule(self.env))
            page = due._page(self.vid_type.id, 0, 100, SQL())
            plan = "\n".join(row[0] for row in self.env.execute_query(SQL("EXPLAIN %s", page)))
            self.assertNotIn("Seq Scan on g2p_reg_id", plan)
            self.assertEqual(due.count(), 0)
