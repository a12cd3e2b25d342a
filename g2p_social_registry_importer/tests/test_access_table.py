from collections import Counter

from odoo.exceptions import AccessError
from odoo.models import BaseModel
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from . import access_table
from .access_world import World, a_stored_field, own_addons, own_models
from .common import ROOT, ImporterCase
from .people import CARD, NATIONAL, families, household, identifier, person

REPORT = ROOT / ".dev" / "logs" / "access-table.md"


@tagged("post_install", "-at_install")
class TestAccessTable(ImporterCase):
    """Every model and every public method of this repository, tried by every role.

    What is allowed is written down in ``access_table.csv``; everything else must be refused with
    an ``AccessError``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addons = own_addons(cls.env)
        cls.users = {role: cls._user(role, group) for role, group in access_table.ROLES.items()}
        cls.tried = Counter()

    @classmethod
    def _user(cls, role, group):
        if not group:
            return cls.env.ref("base.public_user")
        return new_test_user(cls.env, f"access_{role.replace(' ', '_')}", groups=group)

    def setUp(self):
        super().setUp()
        self.world = World(self.env, self.env.company, *self._imported())

    def _imported(self):
        """Records of a real run that met a conflict, and a decision about it."""
        ids = {"C-8": self.card, "N-8": self.national}
        for value, id_type in ids.items():
            row = {"id_type": id_type.id, "value": value}
            known = {"name": "Known", "is_registrant": True, "is_group": True}
            self.env["res.partner"].create({**known, "reg_ids": [(0, 0, row)]})
        both = [identifier(CARD, "C-8"), identifier(NATIONAL, "N-8")]
        run = self.import_records(
            *families(1), person("p9", "A person", "N-9"), household("h9", "Conflict", reg_ids=both)
        )
        conflict = run.issue_ids.filtered("can_be_resolved")
        self.assertEqual(len(conflict), 1)
        decision = self.env["g2p.social.registry.import.decision"]._decide(
            conflict, "ignore", self.env["res.partner"]
        )
        images = self.env["g2p.social.registry.import.before.image"].search(
            [("run_id", "=", run.id)], limit=1
        )
        links = self.importer.imported_registrant_ids.filtered(lambda link: not link.is_group)[:1]
        head = links.registrant_id
        self.assertTrue(images and head)
        return (
            self.importer,
            self.data_source,
            run,
            run.page_ids,
            conflict,
            decision,
            images,
            links,
            head,
            head.reg_ids[:1],
        )

    def test_every_group_has_its_column(self):
        names = self.env["ir.model.data"].search(
            [("model", "=", "res.groups"), ("module", "in", list(self.addons))]
        )
        groups = set(names.mapped("complete_name"))
        self.assertLessEqual(groups, set(access_table.ROLES.values()))

    # -- what there is ---------------------------------------------------------------------------

    def _addon(self, cls):
        parts = cls.__module__.split(".")
        return parts[2] if parts[:2] == ["odoo", "addons"] else None

    def _methods(self, model):
        """``{name: addon}`` of what our addons let be called from outside; the ORM's are rows."""
        found = {}
        for cls in type(model).mro():
            addon = self._addon(cls)
            for name, method in vars(cls).items() if addon in self.addons else ():
                is_public = callable(method) and not name.startswith("_")
                if is_public and not hasattr(BaseModel, name) and not self._is_private(model, name):
                    found[name] = addon
        return found

    def _is_private(self, model, name):
        owners = (vars(cls).get(name) for cls in type(model).mro())
        return any(getattr(method, "_api_private", False) for method in owners)

    def _rows(self):
        """``{(addon, what): (model, method or None)}``: everything that has to be tried."""
        own, rows = own_models(self.env), {}
        for name, cls in sorted(self.env.registry.items()):
            if name in own or name == "res.partner":
                addon = cls._original_module if name in own else "g2p_registry_base"
                rows[addon, name] = (name, None)
            if not cls._abstract:
                for method, addon in sorted(self._methods(self.env[name]).items()):
                    rows[addon, f"{name}.{method}()"] = (name, method)
        return rows

    # -- trying ----------------------------------------------------------------------------------

    def _is_allowed(self, user, name, method, *args):
        """Whether a call on the real record gets past access rights; what it does is undone."""
        record = self.world.record(name)
        for dialogue in self.world.dialogues() if record._transient else ():
            self._give(dialogue, user)
        self.env.flush_all()
        self.env.invalidate_all()
        savepoint = self.env.cr.savepoint(flush=False)
        self.tried["all"] += 1
        try:
            ids = () if method == "create" else (record.ids,)
            call_kw(self.env[name].with_user(user), method, [*ids, *args], {})
            self.env.flush_all()
        except AccessError:
            self.tried["refused"] += 1
            return False
        except Exception:  # noqa: BLE001 - whatever it trips over, it was allowed to begin
            self.tried["tripped"] += 1
        finally:
            self.env.transaction.clear()
            savepoint.close(rollback=True)
            self.env.transaction.clear()
        return True

    def _give(self, record, user):
        """Dialogues belong to who opened them."""
        table = SQL.identifier(record._table)
        self.env.cr.execute(
            SQL("UPDATE %s SET create_uid = %s WHERE id = %s", table, user.id, record.id)
        )

    def _letters(self, user, name, method):
        if method:
            return access_table.CALL * self._is_allowed(user, name, method)
        record = self.world.record(name)
        vals = record.copy_data()[0]
        args = {
            "read": [[a_stored_field(record), "display_name"]],
            "write": [{}],
            "create": [[vals]],
            "unlink": [],
        }
        return "".join(
            letter
            for letter, operation in access_table.OPERATIONS.items()
            if self._is_allowed(user, name, operation, *args[operation])
        )

    def _found(self, rows):
        base = "odoo.addons.base.models."
        with mute_logger("odoo.sql_db", "odoo.models.unlink", f"{base}ir_model", f"{base}ir_rule"):
            return {
                row: {
                    role: self._letters(user, *what) or access_table.NOTHING
                    for role, user in self.users.items()
                }
                for row, what in rows.items()
            }

    def test_what_is_not_written_down_is_refused(self):
        rows = self._rows()
        found, allowed = self._found(rows), access_table.read()
        self._report(found)
        installed = {row: cells for row, cells in allowed.items() if row[0] in self.addons}
        self.assertEqual(set(found), set(installed), f"Every model and method has a row; {REPORT}")
        for row, cells in found.items():
            with self.subTest(row[1]):
                self.assertEqual(cells, installed[row])

    def _report(self, found):
        """What was found, for people and for ``./dev test``."""
        if not REPORT.parent.is_dir():
            return
        words = (
            f"access: {len(self.users)} roles, {len(found)} models and methods, "
            f"{self.tried['all']} calls tried, {self.tried['refused']} refused"
        )
        REPORT.write_text(f"{words}\n\n{access_table.as_markdown(found)}\n")
        access_table.write(found, REPORT.with_suffix(".csv"))
