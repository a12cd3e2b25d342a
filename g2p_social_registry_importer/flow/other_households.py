"""Households that share a person with a batch without being part of it."""

from collections.abc import Iterable

from .context import ImportContext
from .nodes import Node


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
        links = env["g2p.social.registry.imported.registrants"]
        own = ("fetch_social_registry_id", "=", context.importer.id)
        links.search([own, ("registrant_id", "in", others.group.ids)]).write({"fingerprint": ""})
