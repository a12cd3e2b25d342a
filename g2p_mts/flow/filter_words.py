"""A search domain in words, so that whoever approves it sees whom it means."""

from collections.abc import Iterator

from odoo import models
from odoo.fields import Domain

_INDENT = "    "
_BOTH, _EITHER, _NOT = "&", "|", "!"


class FilterWords:
    """Says a search domain in lines: all of, any of, not, and the conditions below them.

    :param model: the empty recordset that is searched; names are shown as far as its user may
        read them
    """

    def __init__(self, model: models.BaseModel):
        self._model = model
        self._say = model.env._
        self._heads = {
            _BOTH: self._say("all of:"),
            _EITHER: self._say("at least one of:"),
            _NOT: self._say("not:"),
        }
        self._operators = _operators(model.env)

    def lines(self, domain: Domain) -> list[str]:
        """One condition a line; those that belong together are indented below what joins them."""
        if domain.is_true():
            return [self._say("everybody")]
        if domain.is_false():
            return [self._say("nobody")]
        return list(self._told(_parsed(iter(list(domain))), ""))

    def _told(self, node: tuple, indent: str) -> Iterator[str]:
        kind, parts = node
        if kind:
            yield indent + self._heads[kind]
            for part in parts:
                yield from self._told(part, indent + _INDENT)
        else:
            yield from self._condition(*parts, indent)

    def _condition(self, path: object, operator: str, value: object, indent: str) -> Iterator[str]:
        if not isinstance(path, str):  # (1, "=", 1) or (0, "=", 1) inside of another condition
            yield indent + (self._say("everybody") if path == value else self._say("nobody"))
            return
        label, field = self._labelled(path)
        if isinstance(value, Domain) or operator in ("any", "not any"):
            yield f"{indent}{label} {self._operators[operator]}"
            inner = FilterWords(self._model.env[field.comodel_name]).lines(Domain(value))
            yield from (f"{indent}{_INDENT}{line}" for line in inner)
        else:
            yield f"{indent}{label}{self._compared(field, operator, value)}"

    def _labelled(self, path: str):
        """The labels on the way, and the last field; None if there is none of that name."""
        model, labels, field = self._model, [], None
        for name in path.split("."):
            # Behind a date there may be a part of it, such as `birthdate.year_number`.
            field = model._fields.get(name) if model is not None else None
            labels.append(field._description_string(self._model.env) if field else name)
            inner = getattr(field, "comodel_name", None)
            model = self._model.env[inner] if inner else None
        return " › ".join(labels), field

    def _compared(self, field, operator: str, value: object) -> str:
        is_equality = operator in ("=", "!=")
        if is_equality and getattr(field, "type", "") == "boolean":
            return f": {self._shown(field, (operator == '=') == bool(value))}"
        if is_equality and value is False:
            return f" {self._say('is not set') if operator == '=' else self._say('is set')}"
        values = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
        shown = ", ".join(self._shown(field, one) for one in values)
        return f" {self._operators.get(operator, operator)} {shown}"

    def _shown(self, field, value: object) -> str:
        if isinstance(value, bool):
            return self._say("yes") if value else self._say("no")
        if field and field.type == "selection":
            choices = dict(field._description_selection(self._model.env))
            return str(choices.get(value, value))
        if getattr(field, "comodel_name", None) and isinstance(value, int):
            return self._name(self._model.env[field.comodel_name].browse(value))
        return f"“{value}”" if isinstance(value, str) else str(value)

    def _name(self, record: models.BaseModel) -> str:
        known = record.exists()._filtered_access("read")
        return known.display_name if known else self._say("number %s", record.id)


def _parsed(terms: Iterator) -> tuple:
    """The next term of a domain in its prefix form, as ``(operator or None, parts)``."""
    term = next(terms)
    if term == _NOT:
        return _NOT, [_parsed(terms)]
    if term in (_BOTH, _EITHER):
        sides = (_parsed(terms), _parsed(terms))
        return term, [part for side in sides for part in _parts_for(term, side)]
    return None, term


def _parts_for(kind: str, node: tuple) -> list:
    return node[1] if node[0] == kind else [node]


def _operators(env) -> dict[str, str]:
    contains, not_contains = env._("contains"), env._("does not contain")
    fits, not_fits = env._("fits the pattern"), env._("does not fit the pattern")
    return {
        "=": env._("is"),
        "!=": env._("is not"),
        "in": env._("is one of"),
        "not in": env._("is none of"),
        "<": env._("is below"),
        ">": env._("is above"),
        "<=": env._("is at most"),
        ">=": env._("is at least"),
        "like": contains,
        "ilike": contains,
        "not like": not_contains,
        "not ilike": not_contains,
        "=like": fits,
        "=ilike": fits,
        "not =like": not_fits,
        "not =ilike": not_fits,
        "child_of": env._("is, or is below,"),
        "parent_of": env._("is, or is above,"),
        "any": env._("has one of which holds:"),
        "not any": env._("has none of which holds:"),
    }
