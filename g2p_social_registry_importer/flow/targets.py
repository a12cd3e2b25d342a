"""Which fields of a registrant an import may write."""

from odoo.models import MAGIC_COLUMNS

from ..meaning.mapping import Target

_TYPES = {"char", "text", "date", "datetime", "boolean", "integer", "float", "selection"}
#: What a registrant is, who may see it and whether it is in use: decided here, never by a source.
_OURS = {
    "active",
    "complete_name",
    "disabled",
    "disabled_reason",
    "display_name",
    "employee",
    "is_company",
    "is_group",
    "is_registrant",
    "type",
}


def writable_targets(env) -> dict[str, Target]:
    """Plain stored fields of ``res.partner`` that nothing else computes, by name."""
    fields = env["res.partner"]._fields
    return {name: _target(env, field) for name, field in fields.items() if _may_write(field)}


def _may_write(field) -> bool:
    plain = field.type in _TYPES and field.store and field.name not in MAGIC_COLUMNS
    ruled = field.groups or field.related or field.company_dependent
    computed = field.compute and field.readonly
    return plain and not ruled and not computed and field.name not in _OURS


def _target(env, field) -> Target:
    choices = dict(field._description_selection(env)) if field.type == "selection" else None
    return Target(field.name, field.type, choices, getattr(field, "size", 0) or 0)
