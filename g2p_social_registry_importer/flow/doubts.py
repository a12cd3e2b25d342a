"""Registrants whom a record means by an ID that is invalid here, and by no other one."""

from collections.abc import Iterable
from typing import Any

from ..meaning.policy import is_who_was_applied
from ..meaning.problems import Code, Problem
from ..meaning.records import natural_key_of
from .context import ImportContext
from .links import LastApplied, Links
from .nodes import Node
from .tuples import read_tuples

_NOBODY = LastApplied(None, {})


class Doubts:
    """Lets an invalid ID count only if it is the same person by name and birth date as well.

    An ID is invalid because the source sends it no more, or because somebody here said so. It may
    have been given to somebody else since, who must not be written over the one who had it.
    """

    def __init__(self, context: ImportContext):
        self._context = context
        self._applied: dict[int, LastApplied] = {}
        self._named: dict[int, tuple[str, str]] = {}

    def settle(self, doubtful: Iterable[Node]) -> None:
        """Put ``conflict`` in place of ``partner_id`` where it is not the same person.

        Two statements, if there are such nodes.

        :param doubtful: whose ``partner_id`` was found by invalid IDs alone
        """
        nodes = list(doubtful)
        partners = {node.partner_id for node in nodes}
        if not partners:
            return
        self._applied = Links(self._context).last_applied(partners)
        self._named = self._names_here(partners)
        for node in nodes:
            if not self._is_the_same(node):
                node.conflict = _doubt(node.partner_id)
                node.partner_id = None

    def _is_the_same(self, node: Node) -> bool:
        """By what was applied last, or by what is here now, whoever wrote that."""
        applied = self._applied.get(node.partner_id, _NOBODY)
        registrant = node.registrant
        if applied.fingerprint and applied.fingerprint == registrant.fingerprint:
            return True  # known without reading the record
        return (
            is_who_was_applied(registrant.values, applied.digests)
            or registrant.natural_key == self._named[node.partner_id]
        )

    def _names_here(self, partners: set[int]) -> dict[int, tuple[str, str]]:
        # sudo: an ID held in another company counts; the company was compared before.
        model = self._context.env["res.partner"].sudo().with_context(active_test=False)
        rows: list[tuple[Any, ...]] = read_tuples(
            model, [("id", "in", list(partners))], "id", "name", "birthdate"
        )
        return {row[0]: natural_key_of(*row[1:]) for row in rows}


def _doubt(partner_id: int) -> Problem:
    reason = (
        "Its identifier is marked invalid here, and whoever held it has another name or birth "
        "date. Say whether it is this registrant, or somebody new."
    )
    return Problem(Code.INVALID_IDENTIFIER, "regIds", reason, candidates=(partner_id,))
