"""What tests of connectors share: a connector, and one that works with a sample MTS and ODK."""

import json
import sys
from importlib import import_module
from pathlib import Path

from odoo.tests import TransactionCase, new_test_user

from ..checks.mapping import DEFAULT

PASSWORD = "not-a-real-password-7"


class ConnectorCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._start_peers()
        cls.manager = cls._create_user("manager", "mts_connector.group_mts_manager")
        cls.connector = cls._create_connector()

    @classmethod
    def _start_peers(cls):
        """Start what the connector needs to be made."""

    @classmethod
    def _create_connector(cls, **vals):
        return cls.env["mts.connector"].create(
            {
                "name": "Tokens of Ñandú Province",
                "mts_url": "https://mts.example.test/",
                "input_type": "odk",
                "odk_base_url": "https://odk.example.test",
                "odk_odata_url": "https://odk.example.test/v1/projects/1/forms/a.svc",
                "odk_email": "reader@example.test",
                **vals,
            }
        )

    @classmethod
    def _create_user(cls, role, groups):
        return new_test_user(cls.env, f"test-mts-{role}", groups=groups)


def of_this_repository(module):
    """A module that lies outside of the addons."""
    root = str(Path(__file__).resolve().parents[3])
    if root not in sys.path:
        sys.path.append(root)
    return import_module(module)


def start_token_seeder(**options):
    """Start the sample MTS, with its ODK Central, as a process of its own.

    :param options: see ``tests/servers/README.md`` of this repository
    :rtype: tests.servers.token_seeder.launcher.Seeder
    """
    return of_this_repository("tests.servers.token_seeder.launcher").start(**options)


def submission(number, moment="2026-03-01T08:00:00.000Z", **fields):
    """What ODK Central holds of one person.

    :param moment: when it came in, RFC 3339
    """
    return {
        "__id": f"uuid:{number}",
        "__system": {"submissionDate": moment},
        "vid": f"vid-{number}",
        "name": f"Ñusta {number}",
        "gender": "female",
        "dob": "1984/07/19",
        "fullAddress": "Plot 9",
        **fields,
    }


class WorkCase(ConnectorCase):
    """``connector`` lets ``seeder`` pull from its ODK; ``queue`` performs the jobs.

    Results are fetched. The operator presses the buttons.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls._create_user("operator", "mts_connector.group_mts_operator")
        cls.queue = of_this_repository("tests.job_queue").JobQueue(cls.env, "mts.connector")

    @classmethod
    def _start_peers(cls):
        cls.seeder = start_token_seeder(odk_password=PASSWORD)
        cls.addClassCleanup(cls.seeder.stop)

    def setUp(self):
        super().setUp()
        self.seeder.reset()
        self.seeder.put_submissions([submission(1), submission(2)])

    @classmethod
    def _create_connector(cls, **vals):
        working = {
            "mts_url": cls.seeder.url,
            # Addons that add their own input have their own default.
            "mapping": json.dumps(DEFAULT),
            "delivery_type": "download",
            "odk_base_url": cls.seeder.odk_url,
            "odk_odata_url": cls.seeder.odk_odata_url,
            "odk_email": cls.seeder.odk_email,
            "odk_password": PASSWORD,
        }
        return super()._create_connector(**working | vals)

    def start(self, connector=None):
        (connector or self.connector).with_user(self.operator).action_start()

    def stop(self):
        self.connector.with_user(self.operator).action_stop()

    def run_round(self, connector=None):
        """Start, and perform jobs until none is left."""
        self.start(connector)
        self.queue.work_off()

    def pulled(self):
        """The VIDs in the files fetched, one list for each file, in order."""
        files = self.connector.file_ids.sorted("id")
        return [[row["vid"] for row in json.loads(file.raw)] for file in files]

    def requests_made(self):
        """What was asked of the MTS: the member ``request`` of each envelope."""
        return [one["envelope"]["request"] for one in self.seeder.submissions()]
