"""Households that a batch concerns without being part of it, or without being alone in it."""

from collections.abc import Iterable

from .context import ImportContext
from .households import Household
from .nodes import Node

_LINK = "g2p.social.registry.imported.registrants"


def compare_again(context: ImportContext, nodes: Iterable[Node]) -> None:
    """Have the other households of people who changed compared next time, whatever they say.

    A household's fingerprint says what it and its members were like when it was applied. Once one
    of these people was changed by the record of another household, that is true no more: the same
    record, sent again, has to change the person back. Two statements, or one if there is no such
    household.

    :param nodes: everybody the batch applied, households included
    """
    nodes = list(nodes)
    changed = [n.partner_id for n in nodes if n.is_changed and not n.registrant.is_group]
    if not changed:
        return
    here = [node.partner_id for node in nodes if node.registrant.is_group]
    # sudo: rows of disabled people and links are not for operators to see or change.
    env = context.env(su=True)
    others = env["g2p.group.membership"].search(
        [("individual", "in", changed), ("group", "not in", here), ("is_ended", "=", False)]
    )
    if others:
        own = ("fetch_social_registry_id", "=", context.importer.id)
        links = env[_LINK].search([own, ("registrant_id", "in", others.group.ids)])
        links.write({"fingerprint": ""})


def let_other_imports_compare(context: ImportContext, households: Iterable[Household]) -> None:
    """Somebody left by the word of this import: another one that still sends him may say so.

    One statement, or none if nobody left.
    """
    left = [household.node.partner_id for household in households if household.ended]
    if left:
        # sudo: see above.
        links = context.env[_LINK].sudo()
        others = ("fetch_social_registry_id", "!=", context.importer.id)
        links.search([others, ("registrant_id", "in", left)]).write({"fingerprint": ""})
