"""Real records for tests of access: one of every model, in a company."""

from base64 import b64encode
from pathlib import Path

from odoo.fields import Command
from odoo.modules.module import get_module_path

from .common import ROOT

_URL = "https://registry.example.test/api"
_QUERY = "{ getRegistrants { name regIds { idTypeAsStr value } } }"


def own_addons(env):
    """Names of the installed addons of this repository."""
    names = env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
    homes = (ROOT, ROOT / "foundation")
    return {name for name in names if Path(get_module_path(name) or "").parent in homes}


def own_models(env):
    """Names of the models with rows that addons of this repository bring along, in order."""
    addons = own_addons(env)
    models = (cls for cls in env.registry.values() if cls._original_module in addons)
    return sorted(cls._name for cls in models if not cls._abstract)


def a_stored_field(model):
    """The name of a field whose reading looks at the row itself."""
    return "create_date" if model._log_access and model._auto else model._rec_name


class World:
    """Hands out a record of each model; makes those it has not been given.

    :param known: records to use for their models
    """

    def __init__(self, env, company, *known):
        self._env = env(context={**env.context, "allowed_company_ids": company.ids})
        self._records = {record._name: record for record in (company, *known)}

    def record(self, name):
        """A record of the model of this name, as the superuser sees it."""
        if name not in self._records:
            model = self._env[name]
            make = self._create if model._auto else self._look_up
            self._records[name] = make(model)
        return self._records[name]

    def dialogues(self):
        """The records handed out so far that are dialogues."""
        return [record for record in self._records.values() if record._transient]

    def _create(self, model):
        return model.create(self._values(model._name))

    def _look_up(self, model):
        """Rows of a view come from other rows."""
        self.record("g2p.social.registry.imported.registrants")
        self._env.flush_all()
        return model.search([("company_id", "=", self.record("res.company").id)], limit=1)

    def _values(self, name):
        special = getattr(self, "_values_of_" + name.replace(".", "_"), dict)()
        model = self._env[name]
        fields = {
            field.name: field
            for field in model._fields.values()
            if field.store and field.required and not field.compute
        }
        defaults = {n for n, value in model.default_get(list(fields)).items() if value}
        missing = fields.keys() - special.keys() - defaults
        company = {"company_id": self.record("res.company").id} if self._has_company(model) else {}
        return {**{n: self._value(name, fields[n]) for n in sorted(missing)}, **company, **special}

    def _has_company(self, model):
        field = model._fields.get("company_id")
        return field and field.store and not field.related

    def _value(self, name, field):
        if field.type == "many2one":
            return self.record(field.comodel_name).id
        if field.type == "many2many":
            return [Command.set(self.record(field.comodel_name).ids)]
        if field.type == "selection":
            return field.get_values(self._env)[0]
        if field.type in ("char", "text"):
            return self._text(name, field.name)
        if field.type == "binary":
            return b64encode(self._text(name, field.name).encode())
        return {"integer": 1, "float": 1.0, "json": {}}.get(field.type)

    def _text(self, model, field):
        if field.endswith("url"):
            return _URL
        return _QUERY if field == "query" else f"{model}-{self.record('res.company').id}"

    # -- models with rules of their own ----------------------------------------------------------

    def _values_of_res_partner(self):
        return {"name": "Somebody", "is_registrant": True}

    def _values_of_g2p_phone_number(self):
        return {"phone_no": "+254712345678"}

    def _values_of_g2p_group_membership(self):
        kinds = ({"is_group": True}, {"is_group": False})
        ids = [
            self._env["res.partner"].create({"name": "Else", "is_registrant": True, **kind}).id
            for kind in kinds
        ]
        return dict(zip(("group", "individual"), ids, strict=True))

    def _values_of_g2p_reg_rel(self):
        both = {"source_type": "i", "destination_type": "i"}
        kind = self._env["g2p.relationship"].create(
            {"name": "Guardian", "name_inverse": "Ward", **both}
        )
        people = self._env["res.partner"].create(
            [{"name": name, "is_registrant": True} for name in ("One", "Another")]
        )
        source, destination = people.ids
        return {"source": source, "destination": destination, "relation": kind.id}

    def _values_of_g2p_mts_preflight(self):
        set_param = self._env["ir.config_parameter"].set_param
        for number, name in enumerate(("vid", "uin_token")):
            id_type = self._env["g2p.id.type"].create({"name": f"Type {number} of an MTS"})
            set_param(f"g2p_mts.{name}_id_type", str(id_type.id))
        return {}

    def _values_of_g2p_mts_vid_deletion_line(self):
        return {"company": self.record("res.company").id}

    def _values_of_g2p_social_registry_import_preview(self):
        return {"picker_id": self.record("g2p.social.registry.import.query.picker").id}

    def _values_of_g2p_social_registry_import_decision(self):
        return {"decision": "ignore"}

    def _values_of_g2p_program(self):
        return {"name": "A programme", "target_type": "individual"}
