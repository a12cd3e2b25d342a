from odoo.tests import tagged

from ..wire.query import Page, RegistryQuery
from .common import ImporterCase


@tagged("post_install", "-at_install")
class TestPopulation(ImporterCase):
    """After every import, whatever happened at the source, its households look the same here."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.importer.write(
            {
                "create_missing_id_types": True,
                "create_missing_member_kinds": True,
                "page_size": 20,
            }
        )

    def _source(self):
        """The households that have an ID, as the source shows them, by their first ID."""
        query = RegistryQuery(self.importer.query)
        with self.data_source._registry() as registry:
            answer = registry.fetch(query, Page(is_group=True, limit=5000))
        return {
            row["regIds"][0]["value"]: {
                **self._person_there(row),
                "members": sorted(map(self._member_there, row["groupMembershipIds"]), key=str),
            }
            for row in answer.records
            if row["regIds"]
        }

    def _member_there(self, row):
        return {**self._person_there(row["individual"]), "kind": row["kind"]["name"]}

    def _person_there(self, row):
        numbers = {p["phoneNo"] for p in row["phoneNumberIds"] if not p["disabled"]}
        return {
            "name": row["name"],
            "address": row["address"],
            "born": row.get("birthdate"),
            "gender": row.get("gender"),
            "ids": sorted(
                (i["idTypeAsStr"], i["value"], i["expiryDate"] or "") for i in row["regIds"]
            ),
            "phones": sorted(numbers),
        }

    def _here(self):
        """The same of the households here."""
        links = self.importer.imported_registrant_ids.filtered("is_group")
        households = links.registrant_id.filtered("reg_ids")
        return {
            home.reg_ids[0].value: {
                **self._person_here(home),
                "members": sorted(map(self._member_here, self._current(home)), key=str),
            }
            for home in households
        }

    def _current(self, home):
        return self.rows(home).filtered(lambda row: not row.is_ended)

    def _member_here(self, row):
        return {**self._person_here(row.individual), "kind": row.kind.name or None}

    def _person_here(self, partner):
        valid = partner.reg_ids.filtered(lambda row: not row.gone_at_source)
        numbers = partner.phone_number_ids.filtered(lambda row: not row.disabled)
        return {
            "name": partner.name,
            "address": partner.address or None,
            "born": partner.birthdate and str(partner.birthdate) or None,
            "gender": partner.gender or None,
            "ids": sorted((i.id_type.name, i.value, str(i.expiry_date or "")) for i in valid),
            "phones": sorted(numbers.mapped("phone_no")),
        }

    def _live_through(self, seed):
        """Import a population, and import it again after each of some rounds of changes."""
        self.social_registry.populate(households=40, seed=seed)
        self.assertEqual(self.run_import().state, "done")
        self.assertEqual(self._here(), self._source())
        for year in range(3):
            self.social_registry.changes(
                households=2, added=6, changed=20, moved=6, left=6, seed=f"{seed} {year}"
            )
            run = self.run_import()
            self.assertEqual(run.state, "done")
            self.assertGreater(run.updated_count, 10)
            self.assertEqual(self._here(), self._source())
            self.assertEqual(self.run_import().updated_count, 0)

    def test_one_life(self):
        self._live_through(seed=3)

    def test_another_life(self):
        self._live_through(seed=8)
