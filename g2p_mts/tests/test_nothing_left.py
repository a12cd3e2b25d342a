import json

from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from odoo.addons.g2p_social_registry_importer.tests.common import ImporterCase
from odoo.addons.g2p_social_registry_importer.tests.people import household, identifier, person

from ..flow.residue import sweep
from .ledger_case import MANAGER, OFFICER, OPERATOR, of_this_repository, start_token_seeder

VID_TYPE, TOKEN_TYPE = "MOSIP VID (test)", "MOSIP UIN TOKEN (test)"
ADA, BEN, EVE = "5813076249681375", "7420918365027411", "2849105736618204"
VIDS = (ADA, BEN, EVE)
#: Where an ordinary day puts them.
_EVERYDAY = {
    "g2p_reg_id.value",
    "g2p_social_registry_import_issue.record_label",
    "g2p_social_registry_import_page.payload",
    "g2p_social_registry_config_change.after",
    "ir_attachment.index_content",
    "g2p_fetch_social_registry_beneficiary.query",
    "mail_activity.summary",
    "mail_message.body",
    "mail_message.subject",
    "mail_tracking_value.old_value_char",
    "queue_job.args",
    "queue_job.func_string",
    "queue_job.name",
    "res_partner.comment",
}


@tagged("post_install", "-at_install")
class TestNothingLeft(ImporterCase):
    """After a sweep no column of any table holds the VIDs, however the day went before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seeder = start_token_seeder()
        cls.addClassCleanup(cls.seeder.stop)
        names = [{"name": VID_TYPE}, {"name": TOKEN_TYPE}]
        cls.vid_type, cls.token_type = cls.env["g2p.id.type"].create(names)
        parameters = cls.env["ir.config_parameter"]
        parameters.set_param("g2p_mts.vid_id_type", cls.vid_type.id)
        parameters.set_param("g2p_mts.uin_token_id_type", cls.token_type.id)
        roles = {"operator": OPERATOR, "manager": MANAGER, "officer": OFFICER}
        cls.mts = {
            name: new_test_user(cls.env, f"test_mts_{name}", groups=groups)
            for name, groups in roles.items()
        }
        models = ["g2p.%", "mts.connector"]
        cls.queue = of_this_repository("tests.job_queue").JobQueue(cls.env, models)

    # -- an ordinary day -------------------------------------------------------------------------

    def _import(self):
        """Import a household twice: the second time something has changed, and one is refused."""
        people = [
            person(key, key.upper(), reg_ids=[identifier(VID_TYPE, vid)], birthdate="1990-05-01")
            for key, vid in zip(("ada", "ben", "eve"), VIDS, strict=True)
        ]
        home = household("home", "Home", "C-1", [("ada", "Head"), "ben", "eve"])
        self.import_records(*people, home)
        run = self.change_and_import(
            person("ada", "ADA", reg_ids=[identifier(VID_TYPE, ADA)], address="Kilima Road 4"),
            # A household with the ID of a person: a conflict, whose issue names its IDs.
            household("odd", "Odd", reg_ids=[identifier(VID_TYPE, BEN)]),
        )
        self.assertEqual(run.conflict_count, 1)
        self.assertIn(BEN, run.issue_ids.record_label)

    def _stage_another_page(self):
        run = self.start()
        self.queue.perform(self.queue.waiting)
        self.assertIn(ADA, run.page_ids.payload)
        return run

    def _send_to_mts(self):
        connector = self.env["mts.connector"].create(
            {
                "name": "Tokens",
                "mts_url": self.seeder.url,
                "delivery_type": "download",
                "g2p_purpose": "Tokens in place of VIDs",
                "g2p_search_domain": json.dumps([["reg_ids.id_type", "=", self.vid_type.id]]),
                "g2p_selected_fields": json.dumps(["name"]),
                "mapping": json.dumps({"vid": "vid", "name": ["name"]}),
            }
        )
        connector.with_user(self.mts["officer"]).action_approve()
        connector.with_user(self.mts["operator"]).mts_action_trigger()
        self.queue.work_off()
        return connector

    def _talk_about(self, people, connector):
        """What people do with a number that they have before their eyes."""
        ada = people[0]
        ada.message_post(body=f"Called about VID {ADA}", subject=ADA)
        ada.comment = f"VID {ADA} seen on paper"
        program = self.env["g2p.program"].create({"name": f"Pilot {BEN}"})
        self._end_of_request()
        program.name = "Pilot"
        connector.message_post(body=f"{EVE} is missing", attachments=[("vids.csv", self._csv())])
        self.importer.activity_schedule(summary=f"Ask about {EVE}")
        ada.with_delay(description=f"Look up {ADA}").write({"ref": ADA})
        self.importer.query = self.importer.query.replace("{", f"# {BEN}\n{{", 1)
        self._end_of_request()

    @staticmethod
    def _csv():
        return ("vid\n" + "\n".join(VIDS)).encode()

    def _end_of_request(self):
        self.env.flush_all()
        self.cr.precommit.run()
        self.env.flush_all()

    # -- the proof -------------------------------------------------------------------------------

    def _columns(self):
        self.cr.execute(
            """SELECT table_name, column_name FROM information_schema.columns
                WHERE table_schema = 'public' AND data_type IN
                      ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY',
                       'bytea', 'numeric', 'bigint', 'double precision', 'name', 'xml')"""
        )
        return self.cr.fetchall()

    def _holding(self):
        """``table.column`` of everything in the database that holds one of the VIDs."""
        self.env.flush_all()
        found = set()
        for table, column in self._columns():
            names = {"table": SQL.identifier(table), "column": SQL.identifier(column)}
            query = "SELECT 1 FROM %(table)s WHERE %(column)s::text ~ %(vids)s LIMIT 1"
            if self.env.execute_query(SQL(query, **names, vids="|".join(VIDS))):
                found.add(f"{table}.{column}")
        return found

    def _files(self):
        """Names of the attachments that hold one."""
        files = self.env["ir.attachment"].search([("res_field", "in", [False, "raw"])])
        held = [file for file in files if any(v.encode() in (file.raw or b"") for v in VIDS)]
        return [file.name for file in held]

    def _delete(self):
        rows = self.env["g2p.reg.id"].search([("id_type", "=", self.vid_type.id)])
        vids = {row.value: row.partner_id.id for row in rows}
        self.assertEqual(set(vids), set(VIDS))
        rows.unlink()
        pairs = {(self.vid_type.id, vid): partner for vid, partner in vids.items()}
        self.env["g2p.mts.vid.gone"]._remember(pairs)
        return vids

    def test_no_column_of_any_table_holds_a_deleted_vid(self):
        self._import()
        people = self.holder(ADA) | self.holder(BEN) | self.holder(EVE)
        run = self._stage_another_page()
        connector = self._send_to_mts()
        self._talk_about(people, connector)
        before = self._holding()
        self.assertGreaterEqual(before, _EVERYDAY)
        self.assertEqual(self._files(), ["vids.csv"])

        found = sweep(self.env, self._delete())

        self.assertEqual(self._holding(), set())
        self.assertEqual(self._files(), [])
        self.assertFalse([key for key in found if key.startswith("left_")])
        self.queue.work_off()
        later = self.run_import()
        for one in (run, later):
            self.assertEqual((one.unchanged_count, one.conflict_count), (1, 1), one.error)
            self.assertEqual(one.issue_ids.candidate_ids, self.env["res.partner"])
        self.assertEqual(self._holding(), set(), "nor do imports bring one back")

    def test_digests_of_deleted_ids_are_forgotten(self):
        self._import()
        links = self.importer.imported_registrant_ids.sudo()
        names = {f"g2p.reg.id,{row.id}" for row in self.holder(ADA).reg_ids}
        self.assertTrue(any(names & (link.applied or {}).keys() for link in links))
        found = sweep(self.env, self._delete())
        self.assertEqual(found["import_digest"], 3)
        links.invalidate_recordset()
        self.assertFalse(any(names & (link.applied or {}).keys() for link in links))
        self.assertIn("name", links.filtered(lambda link: not link.is_group)[0].applied)
