"""What tests of the ledger share: people with VIDs, an approved connector, and a token seeder."""

import sys
from importlib import import_module
from pathlib import Path

from odoo.tests import TransactionCase, new_test_user

ROOT = Path(__file__).resolve().parents[2]
OPERATOR = "mts_connector.group_mts_operator,g2p_registry_base.group_g2p_registrar"
MANAGER = "mts_connector.group_mts_manager,g2p_registry_base.group_g2p_registrar"
OFFICER = "g2p_mts.group_mts_officer"


def of_this_repository(module):
    """A module that lies outside of the addons."""
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    return import_module(module)


def start_token_seeder(**options):
    """Start the sample MTS as a process of its own.

    :param options: see ``tests/servers/README.md`` of this repository
    :rtype: tests.servers.token_seeder.launcher.Seeder
    """
    return of_this_repository("tests.servers.token_seeder.launcher").start(**options)


class LedgerMixin:
    """``connector`` sends people to ``seeder``; ``queue`` performs the jobs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seeder = start_token_seeder()
        cls.addClassCleanup(cls.seeder.stop)
        cls.operator = new_test_user(cls.env, "test_mts_operator", groups=OPERATOR)
        cls.manager = new_test_user(cls.env, "test_mts_manager", groups=MANAGER)
        cls.officer = new_test_user(cls.env, "test_mts_officer", groups=OFFICER)
        names = [{"name": "MOSIP VID (test)"}, {"name": "MOSIP UIN TOKEN (test)"}]
        cls.vid_type, cls.token_type = cls.env["g2p.id.type"].create(names)
        parameters = cls.env["ir.config_parameter"]
        parameters.set_param("g2p_mts.vid_id_type", cls.vid_type.id)
        parameters.set_param("g2p_mts.uin_token_id_type", cls.token_type.id)
        cls.env["gender.type"].create({"code": "Woman", "value": "W", "mts_code": "female"})
        cls.connector = cls._create_connector()
        job_queue = of_this_repository("tests.job_queue")
        cls.queue = job_queue.JobQueue(cls.env, ["g2p.mts.%", "mts.connector"])

    @classmethod
    def _create_connector(cls, **vals):
        domain = f'[["reg_ids.id_type", "=", {cls.vid_type.id}]]'
        connector = cls.env["mts.connector"].create(
            {
                "name": "Tokens",
                "mts_url": cls.seeder.url,
                "delivery_type": "download",
                "g2p_search_domain": domain,
                "g2p_purpose": "Tokens in place of VIDs",
                **vals,
            }
        )
        connector.with_user(cls.officer).action_approve()
        return connector

    @classmethod
    def people(cls, *vids, **vals):
        """Registrants with these VIDs, complete enough for any MTS."""
        return cls.env["res.partner"].create(
            [
                {
                    "name": f"PERSON {vid}",
                    "given_name": "Ñusta",
                    "family_name": f"Family {vid}",
                    "gender": "W",
                    "birthdate": "1984-07-19",
                    "address": "Plot 9",
                    "is_registrant": True,
                    "reg_ids": [(0, 0, {"id_type": cls.vid_type.id, "value": vid})],
                    **vals,
                }
                for vid in vids
            ]
        )

    def start(self, connector=None):
        """Press "Start" as the operator does."""
        (connector or self.connector).with_user(self.operator).mts_action_trigger()

    def run_to_the_end(self, connector=None):
        """Press "Start" and let all jobs run."""
        self.start(connector)
        self.queue.work_off()

    def token(self, person):
        """The token on a person."""
        return person.reg_ids.filtered(lambda row: row.id_type == self.token_type).value

    def lines(self, **domain):
        """The lines of the ledger, oldest first."""
        terms = [(name, "=", value) for name, value in domain.items()]
        return self.env["g2p.mts.request.line"].search(terms, order="id")


class LedgerCase(LedgerMixin, TransactionCase):
    """The ledger inside the transaction of a test: answers are fetched."""

    def setUp(self):
        super().setUp()
        self.seeder.reset()
