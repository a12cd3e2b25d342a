import json

from odoo.tests import tagged

from ..flow.residue import in_words, sweep
from ..flow.residue.places import PLACES
from ..meaning.vid_words import MASK
from .residue_case import LONGER, MASKED, PARAGRAPH, TEXT, ResidueCase
from .vid_case import OTHER_VID, VID

#: The VID as it is printed on cards.
GROUPED = "5813 0762 4968 1375"


@tagged("post_install", "-at_install")
class TestResidue(ResidueCase):
    """Each place with a real row, and with a number that only looks like the VID.

    Here: the registry, the exchange with an MTS, and what holds for every place.
    """

    def test_nothing_is_found_where_nothing_is(self):
        self.person.comment = f"Not {LONGER}"
        self.assertSwept()

    def test_what_was_typed_about_the_person(self):
        self.person.write({"name": f"ADA {VID}", "ref": VID, "street": TEXT, "address": TEXT})
        self.person.comment = PARAGRAPH % TEXT
        self.assertSwept(registrant=1)
        self.assertMasked(self.person, "street", "address")
        self.assertEqual(self.person.name, f"ADA {MASK}")
        self.assertEqual((self.person.complete_name, self.person.ref), (f"ADA {MASK}", MASK))
        self.assertEqual(self.person.comment, PARAGRAPH % MASKED)

    def test_what_was_typed_about_somebody_else(self):
        other = self._person("BEN")
        other.comment = TEXT
        self.assertSwept(registrant=1)
        self.assertIn(MASK, other.comment)

    def properties(self, *definition):
        """Registrants have these properties of somebody's own making."""
        definitions = self.env["properties.base.definition"]
        record = definitions._get_definition_for_property_field("res.partner", "properties")
        record.properties_definition = list(definition)
        return record

    def test_what_was_typed_into_properties_of_somebodys_own_making(self):
        self.properties(
            {"name": "card", "string": "Card", "type": "char"},
            {"name": "no", "string": "No.", "type": "char"},
        )
        self.person.properties = {"card": TEXT, "no": LONGER}
        other = self._person("BEN")
        other.properties = {"card": GROUPED}
        self.assertSwept(registrant=2)
        self.assertEqual(dict(self.person.properties), {"card": MASKED, "no": LONGER})
        self.assertEqual(other.properties["card"], MASK)

    def test_what_was_typed_where_properties_are_made_is_counted(self):
        made = self.properties({"name": "card", "string": f"Like {VID}", "type": "char"})
        with self.assertLogs("odoo.addons.g2p_mts.flow.residue.rest") as log:
            self.assertEqual(sweep(self.env, self._delete()), {"left_elsewhere": 1})
        self.assertIn("properties.base.definition", log.output[0])
        self.assertEqual(made.properties_definition[0]["string"], f"Like {VID}")

    def test_descriptions_of_ids(self):
        row = self._add_id(self.person, "C-1", self.card_type, description=TEXT)
        self.assertSwept(id_description=1)
        self.assertMasked(row, "description")

    def test_phone_numbers(self):
        phones = self.env["g2p.phone.number"]
        row = phones.create({"partner_id": self.person.id, "phone_no": VID})
        self.assertSwept(phone=1)
        self.assertEqual(row.phone_no, MASK)

    def test_the_same_phone_number_of_somebody_else_is_not_ours_to_take(self):
        short = "0612345678"
        ben, cleo = self._person("BEN", short), self._person("CLEO")
        number = self.env["g2p.phone.number"].create({"partner_id": cleo.id, "phone_no": short})
        found = sweep(self.env, self._delete(ben))
        self.assertEqual((found["left_phone_of_another"], number.phone_no), (1, short))

    def test_what_was_typed_in_groups_of_digits(self):
        self.person.street = f"VID {GROUPED}, door 12"
        row = self._add_id(self.person, GROUPED, self.card_type)
        self.assertSwept(other_id=1, registrant=1)
        self.assertEqual(self.person.street, f"VID {MASK}, door 12")
        self.assertFalse(row.exists())

    def test_a_vid_that_was_kept_in_groups_of_digits(self):
        ben = self._person("BEN", GROUPED)
        self.person.street = TEXT
        self.assertEqual(sweep(self.env, self._delete(ben))["registrant"], 1)
        self.assertMasked(self.person, "street")

    def test_a_short_vid_is_not_looked_for(self):
        ben = self._person("BEN", "4711")
        ben.street = "Plot 4711"
        vids = self._delete(ben)
        self.assertEqual(sweep(self.env, vids), {"left_short": 1})
        self.assertEqual(ben.street, "Plot 4711")

    def test_what_is_kept_of_the_exchange(self):
        connector = self.env["mts.connector"].create(
            {"name": "Tokens", "mts_url": "https://mts.example.test/"}
        )
        payload = json.dumps({"nonce": "n", "output": {"vid": int(VID), "no": LONGER}, "t": TEXT})
        answer = self.env["g2p.mts.answer"].create(
            {"connector_id": connector.id, "payload": payload, "state": "quarantined"}
        )
        request = self.env["g2p.mts.request"].create(
            {"connector_id": connector.id, "trouble": TEXT}
        )
        request._add_people(self.person.ids)
        request.line_ids.offered_token = VID
        self.assertSwept(mts_answer=1, mts_request=1, mts_line=1)
        self.assertEqual(
            json.loads(answer.payload),
            {"nonce": "n", "output": {"vid": MASK, "no": LONGER}, "t": MASKED},
        )
        self.assertMasked(request, "trouble")
        self.assertEqual(request.line_ids.offered_token, MASK)

    def test_it_is_looked_for_several_at_a_time(self):
        ben = self._person("BEN", OTHER_VID)
        self.person.street = f"{VID} {OTHER_VID}"
        ben.street = f"{OTHER_VID} {LONGER}"
        self.assertEqual(sweep(self.env, self._delete(self.person, ben)), {"registrant": 2})
        self.assertEqual(self.person.street, f"{MASK} {MASK}")
        self.assertEqual(ben.street, f"{MASK} {LONGER}")

    def test_every_place_has_a_name_for_people(self):
        keys = {getattr(place, "key", "") for place in PLACES} - {""}
        keys |= {"other_id", "left_id_of_another", "left_short", "attachment", "left_attachment"}
        keys |= {"import_digest", "dialogue", "other_record", "left_elsewhere", "upload"}
        keys |= {"phone", "left_phone_of_another", "favourite", "default", "parameter"}
        self.assertFalse([key for key in keys if in_words(self.env, key) == key])
