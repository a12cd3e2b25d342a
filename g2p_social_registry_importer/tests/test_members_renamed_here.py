from odoo.tests import tagged

from .common import ImporterCase
from .people import household, person

BORN = "2015-01-02"


@tagged("post_install", "-at_install")
class TestMembersRenamedHere(ImporterCase):
    """A member without ID is recognised by what the import wrote, whatever was corrected since."""

    def _import(self, *people, **fields):
        """Import one household of these people, whatever was in it before."""
        home = household("h1", "Otieno household", "C-1", [one["key"] for one in people], **fields)
        return self.change_and_import(*people, home)

    def _people(self):
        return self.rows(self.holder("C-1")).individual

    def _correct(self, **vals):
        """Import a member without ID, and correct him here; returns him."""
        self._import(person("p1", "OTIENO, JUMA", birthdate=BORN))
        member = self._people()
        member.write(vals)
        return member

    def assertNobodyDoubled(self, run, member):
        self.assertOutcome(run, updated=1)
        self.assertEqual((run.member_created_count, run.member_ended_count), (0, 0))
        self.assertEqual(self._people(), member)

    def test_a_corrected_name_is_kept_and_nobody_is_doubled(self):
        self.importer.field_policy = "keep_local"
        member = self._correct(name="OTIENO, JUMAH")
        run = self._import(person("p1", "OTIENO, JUMA", birthdate=BORN), address="Mto Street 11")
        self.assertNobodyDoubled(run, member)
        self.assertEqual(member.name, "OTIENO, JUMAH")

    def test_it_is_still_known_the_next_time(self):
        self.importer.field_policy = "keep_local"
        member = self._correct(name="OTIENO, JUMAH")
        for address in ("Mto Street 11", "Mto Street 12"):
            run = self._import(person("p1", "OTIENO, JUMA", birthdate=BORN), address=address)
            self.assertNobodyDoubled(run, member)

    def test_where_the_source_wins_the_name_is_set_back_and_nobody_is_doubled(self):
        member = self._correct(name="OTIENO, JUMAH")
        run = self._import(person("p1", "OTIENO, JUMA", birthdate=BORN, address="Mto Street 11"))
        self.assertNobodyDoubled(run, member)
        self.assertEqual((member.name, member.address), ("OTIENO, JUMA", "Mto Street 11"))

    def test_so_is_who_was_given_a_birth_date_here(self):
        self.importer.field_policy = "fill_empty"
        self._import(person("p1", "OTIENO, JUMA"))
        member = self._people()
        member.birthdate = BORN
        run = self._import(person("p1", "OTIENO, JUMA"), address="شارع 4")
        self.assertNobodyDoubled(run, member)

    def test_who_has_his_old_name_now_is_not_taken_for_him(self):
        self.importer.field_policy = "keep_local"
        juma = self._correct(name="OTIENO, AMARA")
        run = self._import(
            person("p1", "OTIENO, JUMA", birthdate=BORN),
            person("p2", "OTIENO, AMARA", birthdate=BORN),
        )
        self.assertEqual((run.member_created_count, run.member_ended_count), (1, 0))
        self.assertEqual(self._people()[0], juma)
        self.assertEqual(len(self._people()), 2)

    def test_a_namesake_put_here_by_hand_is_left_alone(self):
        member = self._correct(address="Kilima Road 4")
        namesake = self.env["res.partner"].create(
            {"name": "OTIENO, JUMA", "birthdate": BORN, "is_registrant": True}
        )
        self.env["g2p.group.membership"].create(
            {"group": self.holder("C-1").id, "individual": namesake.id}
        )
        run = self._import(person("p1", "OTIENO, JUMA", birthdate=BORN, address="شارع 4"))
        self.assertOutcome(run, updated=1)
        self.assertEqual((member.address, namesake.address), ("شارع 4", False))

    def test_another_name_at_the_source_is_another_person_as_before(self):
        self._correct(name="OTIENO, JUMAH")
        run = self._import(person("p1", "OTIENO, NEEMA", birthdate=BORN))
        self.assertEqual((run.member_created_count, run.member_ended_count), (1, 1))

    def test_as_many_statements_for_many_households(self):
        def homes(number, address):
            people = [person(f"p{n}", f"JUMA {n}", birthdate=BORN) for n in range(number)]
            houses = [
                household(f"h{n}", f"House {n}", f"C-{n}", [f"p{n}"], address=address)
                for n in range(number)
            ]
            return [*people, *houses]

        def statements(records):
            self.social_registry.put_registrants(records)
            run = self.start()
            self.queue.perform(self.queue.waiting)
            page = run.page_ids.with_user(self.operator)
            with self.statements() as seen:
                page._import()
            self.queue.work_off()
            self.assertEqual((run.state, run.member_created_count), ("done", 0))
            return len([one for one in seen if one.startswith("SELECT")])

        self.importer.least_share = 0
        self.import_records(*homes(12, "Mto 1"))
        statements(homes(2, "Mto 2"))
        few, many = (statements(homes(n, f"Mto {n}")) for n in (3, 12))
        self.assertEqual(few, many)
