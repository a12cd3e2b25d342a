"""What tests of imports share, for other addons too: a registry, an import, and a job queue."""

import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.sql_db import Cursor
from odoo.tests import Form, TransactionCase, new_test_user
from odoo.tools import SQL

from ..flow.outcome import State
from .people import CARD, NATIONAL

ROOT = Path(__file__).resolve().parents[2]
OPERATOR = "g2p_social_registry_importer.group_import_operator"
MANAGER = "g2p_social_registry_importer.group_import_manager"
OFFICER = "g2p_social_registry_importer.group_import_officer"

INDIVIDUALS = """{
  getRegistrants {
    name
    address
    birthdate
    gender
    regIds { idTypeAsStr value expiryDate }
    phoneNumberIds { phoneNo disabled }
  }
}"""


def start_social_registry(**options):
    """Start the sample Social Registry as a process of its own.

    :param options: see ``tests/servers/README.md`` of this repository
    :rtype: tests.servers.social_registry.launcher.Registry
    """
    launcher = _of_this_repository("tests.servers.social_registry.launcher")
    return launcher.start(**{"households": 0, **options})


def _of_this_repository(module):
    """A module that lies outside of the addons."""
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    return import_module(module)


class ImporterCase(TransactionCase):
    """An empty sample registry, an import of its households, and a user for each role.

    ``social_registry`` steers the sample registry; ``importer`` is the import; ``queue`` performs
    jobs. The test itself is the superuser, imports run as ``operator``.

    Runs ask the registry for nothing but their pages: the source counts as checked up, with
    nothing found out, and nobody compares its schema. Sources may shrink as they like.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.social_registry = start_social_registry()
        cls.addClassCleanup(cls.social_registry.stop)
        cls.operator = new_test_user(cls.env, "test_import_operator", groups=OPERATOR)
        cls.manager = new_test_user(cls.env, "test_import_manager", groups=MANAGER)
        cls.officer = new_test_user(cls.env, "test_import_officer", groups=OFFICER)
        cls.national, cls.card = cls.env["g2p.id.type"].create([{"name": NATIONAL}, {"name": CARD}])
        cls.head = cls.env.ref("g2p_registry_membership.group_membership_kind_head")
        cls.data_source = cls._create_data_source()
        cls.importer = cls._create_importer()
        job_queue = _of_this_repository("tests.job_queue")
        cls.queue = job_queue.JobQueue(cls.env, "g2p.social.registry.import.%")

    def setUp(self):
        super().setUp()
        self.social_registry.put_registrants([])
        self.social_registry.set_dials()
        self.social_registry.clear_log()

    @classmethod
    def _create_data_source(cls, **vals):
        server = cls.social_registry
        paths = {"Registry Sync Search": server.search_url, "Authentication": server.token_url}
        source = cls.env["spp.data.source"].create(
            {
                "name": "Test Registry of Ñandú Province",
                "url": server.base_url,
                "oauth_client_id": server.client_id,
                "oauth_client_secret": server.client_secret,
                "data_source_path_ids": [
                    (0, 0, {"key": key, "value": url}) for key, url in paths.items()
                ],
                **vals,
            }
        )
        source.checkup_date = Datetime.now()
        return source

    @classmethod
    def _create_importer(cls, **vals):
        """An import of households by the query the addon ships, unless ``vals`` say otherwise."""
        shipped = cls.env.ref("g2p_social_registry_importer.g2p_fetch_sr_data")
        return cls.env["g2p.fetch.social.registry.beneficiary"].create(
            {
                "name": "Households of Ñandú Province",
                "data_source_id": cls.data_source.id,
                "query": shipped.query,
                "drift_policy": "accept",
                "least_share": 0,
                **vals,
            }
        )

    def start(self, importer=None):
        """Press the button as the operator; the jobs are left waiting.

        :returns: the run
        """
        button = (importer or self.importer).with_user(self.operator)
        action = button.fetch_social_registry_beneficiary()
        return self.env[action["res_model"]].browse(action["res_id"])

    def run_import(self, importer=None):
        """Press the button as the operator, and work off all jobs.

        :returns: the run, ended
        """
        run = self.start(importer)
        self.queue.work_off()
        return run

    def import_records(self, *records):
        """Have exactly these registrants at the source and import them. Returns the run."""
        self.social_registry.put_registrants(list(records))
        return self.run_import()

    def change_and_import(self, *records):
        """Insert or update registrants at the source by their key, and import. Returns the run."""
        self.social_registry.patch_registrants(list(records))
        return self.run_import()

    def decide(self, issue, decision, registrant=None):
        """Decide as the operator about a record in conflict, in the dialogue for it."""
        action = issue.with_user(self.operator).action_resolve()
        wizard = self.env[action["res_model"]].with_user(self.operator).browse(action["res_id"])
        with Form(wizard) as form:
            form.decision = decision
            if registrant:
                form.registrant_id = registrant
        wizard.action_resolve()

    def holder(self, value):
        """The registrants who hold an ID of this value; disabled and archived ones too."""
        ids = self.env["g2p.reg.id"].search([("value", "=", value)])
        return ids.partner_id

    def rows(self, household):
        """The membership rows of a household, ended ones too, in order of their creation."""
        return self.env["g2p.group.membership"].search([("group", "=", household.id)], order="id")

    def assertOutcome(self, run, state="done", **counts):
        """The run ended in this state, and these are all its counts that are not 0.

        :param counts: e.g. ``created=2, conflict=1``; their sum is what was received
        """
        found = {state.value: count for state in State if (count := run[f"{state}_count"])}
        self.assertEqual((run.state, found), (state, counts), run.error)
        self.assertEqual(run.received_count, sum(counts.values()))
        self.assertTrue(run.is_balanced)

    @contextmanager
    def assertRefused(self, pattern, exception=UserError):
        """The block is refused in such words; what it did is taken back."""
        with self.assertRaises(exception) as caught:
            yield caught
        self.assertRegex(str(caught.exception), pattern)

    def assertCodes(self, run, *codes):
        """These are the reasons of all issues of the run, in the order of their records."""
        self.assertEqual(run.issue_ids.sorted("id").mapped("code"), list(codes))

    @contextmanager
    def statements(self):
        """Collect the SQL statements of a block that starts with an empty cache.

        :returns: a list that the block fills
        """
        seen = []
        execute = Cursor.execute

        def noted(cursor, query, *args, **kwargs):
            seen.append(query.code if isinstance(query, SQL) else query)
            return execute(cursor, query, *args, **kwargs)

        self.env.flush_all()
        self.env.transaction.reset()
        with patch.object(Cursor, "execute", noted):
            yield seen
            self.env.flush_all()
