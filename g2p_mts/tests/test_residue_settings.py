from odoo.tests import tagged

from ..flow.residue import sweep
from ..meaning.vid_words import MASK
from .residue_case import MASKED, TEXT, ResidueCase
from .vid_case import VID


@tagged("post_install", "-at_install")
class TestResidueSettings(ResidueCase):
    """What was typed about the system, and holds a VID all the same."""

    def test_noted_changes_of_settings(self):
        source = self.env["spp.data.source"].create(
            {"name": "Registry", "url": "https://registry.example.test"}
        )
        source.name = TEXT
        source.name = "Registry"
        changes = self.env["g2p.social.registry.config.change"].search(
            [("data_source_id", "=", source.id), ("field_name", "=", "name")], limit=2
        )
        self.assertEqual((changes[0].before, changes[1].after), (TEXT, TEXT))
        self.assertEqual(sweep(self.env, self._delete()), {"settings_change": 2})
        self.assertEqual((changes[0].before, changes[1].after), (MASKED, MASKED))

    def test_settings_and_lists_of_ours(self):
        program = self.env["g2p.program"].create({"name": "Winter Fuel", "description": TEXT})
        self.assertSwept(other_record=1)
        self.assertMasked(program, "description")

    def test_favourite_searches_go_on_and_find_nobody(self):
        common = {"model_id": "res.partner", "user_ids": [(4, self.env.uid)]}
        domains = (f"[('ref', '=', '{VID}'), ('id', '>', uid)]", f"[('ref', '=', {VID})]")
        rows = self.env["ir.filters"].create(
            [{"name": f"By {domain}", "domain": domain, **common} for domain in domains]
        )
        self.assertSwept(favourite=2)
        self.assertEqual(rows[0].domain, f"[('ref', '=', '{MASK}'), ('id', '>', uid)]")
        self.assertFalse(self.env["res.partner"].search(rows[1]._get_eval_domain()))
        self.assertNotIn(VID, "".join(rows.mapped("name")))

    def test_defaults_and_parameters_are_read_anew(self):
        self.env["ir.default"].set("res.partner", "ref", VID)
        self.env["ir.config_parameter"].set_param("a_place.where_nobody_looks", TEXT)
        self.assertEqual(self.env["res.partner"].default_get(["ref"]), {"ref": VID})
        self.assertSwept(default=1, parameter=1)
        self.assertEqual(self.env["res.partner"].default_get(["ref"]), {"ref": MASK})
        value = self.env["ir.config_parameter"].get_param("a_place.where_nobody_looks")
        self.assertEqual(value, MASKED)

    def test_what_other_addons_keep_is_counted_and_left(self):
        note = self.env["res.partner.category"].create({"name": TEXT})
        vids = self._delete()
        with self.assertLogs("odoo.addons.g2p_mts.flow.residue.rest", "WARNING") as log:
            self.assertEqual(sweep(self.env, vids), {"left_elsewhere": 1})
        self.assertEqual(note.name, TEXT)
        self.assertIn("1 rows of res.partner.category", log.output[0])
        self.assertNotIn(VID, log.output[0])
