"""What people decided about conflicts, applied again in every later run."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from ..meaning.problems import Code, Problem
from ..meaning.records import Registrant
from .context import ImportContext
from .nodes import Node

#: Conflicts about a record that can be told apart from all others. Twins without identifier, in a
#: household or not, cannot: only an ID or a birth date at the source helps.
DECIDABLE = {
    Code.SEVERAL_REGISTRANTS,
    Code.INVALID_IDENTIFIER,
    Code.SEVERAL_RECORDS,
    Code.SENT_TWICE,
    Code.OTHER_KIND,
    Code.OTHER_COMPANY,
}


class Decisions:
    """Looks up the decisions of one import about the nodes that are in conflict."""

    def __init__(self, context: ImportContext):
        self._context = context
        # sudo: operators make decisions through the issues; here they are only followed.
        self._model = context.env["g2p.social.registry.import.decision"].sudo()

    def apply(self, nodes: Iterable[Node], holders: dict) -> None:
        """Solve what was decided; name the subject of what is still open. One statement.

        :param holders: identifier key → ids of the registrants that hold it
        """
        open_nodes = [n for n in nodes if n.conflict and n.conflict.code in DECIDABLE]
        decided = self._lookup(open_nodes)
        for node in open_nodes:
            node.conflict = replace(node.conflict, subject=subject(node.registrant))
            if decision := decided.get(node.conflict.subject):
                self._follow(node, decision, holders)

    def remember(self, nodes: Iterable[Node]) -> None:
        """A registrant created by decision is the one that is meant from now on."""
        created = {subject(n.registrant): n.partner_id for n in nodes if n.is_new and n.is_decided}
        if created:
            domain = [*self._own(), ("decision", "=", "create"), ("subject", "in", list(created))]
            for decision in self._model.search(domain):
                decision.write(
                    {"decision": "registrant", "registrant_id": created[decision.subject]}
                )

    def _lookup(self, nodes: list[Node]) -> dict:
        if not nodes:
            return {}
        subjects = [subject(node.registrant) for node in nodes]
        found = self._model.search([*self._own(), ("subject", "in", subjects)])
        return {decision.subject: decision for decision in found}

    def _own(self) -> list:
        return [("fetch_social_registry_id", "=", self._context.importer.id)]

    def _follow(self, node: Node, decision, holders: dict) -> None:
        if decision.decision == "ignore":
            reason = "It is ignored by decision; withdraw the decision to import it."
            node.conflict = Problem(Code.IGNORED, "", reason, subject=node.conflict.subject)
            node.ignored = frozenset(
                p for key in node.registrant.keys for p in holders.get(key, ())
            )
            return
        node.conflict = None
        node.is_decided = True
        node.partner_id = decision.registrant_id.id or None
        node.held_elsewhere = frozenset(
            key for key in node.registrant.keys if set(holders.get(key, ())) - {node.partner_id}
        )


def subject(registrant: Registrant) -> str:
    """A hash that stands for a registrant of the source: its identifiers, else its natural key."""
    parts = sorted(registrant.keys) or [registrant.natural_key]
    text = "\n".join((str(registrant.is_group), *("\t".join(part) for part in parts)))
    return hashlib.sha256(text.encode()).hexdigest()[:40]
