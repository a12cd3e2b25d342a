"""What all places of a sweep need to know."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from odoo.tools import SQL

from odoo.addons.g2p_registry_base.arrays import as_array

from ...meaning.vid_words import SEPARATORS, VidWords, plain


class Sweep:
    """One look through the database for some VIDs.

    :param env: of the superuser, with nothing left to flush
    :param vids: VID → id of the partner who held it
    :param keep: ids of ``g2p.reg.id`` rows that stay as they are
    """

    def __init__(self, env, vids: Mapping[str, int], keep: Collection[int] = ()):
        self.env = env
        self.vids = vids
        self.keep = keep

    @cached_property
    def words(self) -> VidWords:
        """The VIDs, to be looked for in texts."""
        return VidWords(self.vids)

    def holder(self, value: str) -> int | None:
        """Id of the partner who held this VID, in groups of digits or not; None if it is none."""
        return self._holders.get(plain(value))

    @cached_property
    def _holders(self) -> dict[str, int]:
        return {plain(vid): partner_id for vid, partner_id in self.vids.items()}

    @cached_property
    def partner_ids(self) -> list[int]:
        """Those who held the VIDs."""
        return sorted(set(self.vids.values()))

    def has(self, model: str) -> bool:
        """Whether the addon with this model is installed."""
        return model in self.env

    def looks_alike(self, text: SQL) -> SQL:
        """A condition: whether a text holds anything of the shape of the VIDs."""
        return SQL("%s ~ %s", text, self.words.alike)

    def may_hold(self, text: SQL) -> SQL:
        """A condition: whether a text holds what may be one of the VIDs.

        A row costs one pass of a regular expression; only if it finds something like a VID, its
        matches are compared with the hashed list of stubs (see :class:`VidWords`). So a table is
        read once, however many VIDs there are, in parallel if PostgreSQL thinks it worth while::

            Seq Scan on mail_message
              Filter: (body ~ '[0-9]{4}(?:[ -]?[0-9]{4}){3}' AND EXISTS(SubPlan 1))
              SubPlan 1
                ->  Nested Loop
                      ->  Function Scan on unnest shape
                      ->  Function Scan on regexp_matches found
                            Filter: ("left"(md5(translate(…)), 6) = ANY ('{1b0fd9,…}'::text[]))
        """
        return SQL(
            """%(looks_alike)s AND EXISTS (
                   SELECT FROM unnest(%(shapes)s) AS shape,
                               regexp_matches(%(text)s, shape, 'g') AS found(parts)
                    WHERE left(md5(translate(found.parts[1], %(separators)s, '')), 6)
                          = ANY(%(stubs)s::text[]))""",
            looks_alike=self.looks_alike(text),
            text=text,
            shapes=self.words.shapes,
            separators=SEPARATORS,
            stubs=self._stubs,
        )

    @cached_property
    def _stubs(self) -> str:
        """Written once for all statements."""
        return as_array(self.words.stubs)

    def rows(self, query: SQL) -> list[tuple[Any, ...]]:
        """What a statement gives."""
        return self.env.execute_query(query)
