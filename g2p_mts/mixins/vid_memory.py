from odoo import fields, models
from odoo.exceptions import UserError

from ..flow import vid_keys


class VidMemoryMixin(models.AbstractModel):
    """What a page says of how deleted VIDs are remembered, and where the key is."""

    _name = "g2p.mts.vid.memory.mixin"
    _description = "How Deleted VIDs Are Remembered"

    memory_words = fields.Text("Remembered", compute="_compute_memory_words")
    memory_warning = fields.Text(compute="_compute_memory_words")

    def _compute_memory_words(self):
        # sudo: numbers and names of keys; neither hashes nor keys.
        gone = self.env["g2p.mts.vid.gone"].sudo()
        try:
            words, warnings = self._words_of(gone, gone._keys())
        except UserError as error:
            words, warnings = [], [str(error)]
        self.memory_words = "\n".join(words)
        self.memory_warning = "\n".join(warnings)

    def _words_of(self, gone, keys):
        """Sentences: what is so, and what is not as it should be."""
        counts = dict(gone._read_group([], ["key_name"], ["__count"]))
        days = gone._kept_days()
        words = [
            self.env._(
                "%(number)s deleted VIDs are remembered, as hashes under a key, for %(days)s days "
                "each, so that they do not come back.",
                number=sum(counts.values()),
                days=days,
            )
        ]
        if keys.place != vid_keys.GENERATED:
            words.append(self.env._("The key in use is “%s”, kept on this server.", keys.current))
        return words, list(self._warnings(counts, keys))

    def _warnings(self, counts, keys):
        if keys.place == vid_keys.GENERATED:
            yield self.env._(
                "The key that deleted VIDs are remembered under is kept in this database: whoever "
                "has a copy of it can try out which VIDs were here. Set G2P_MTS_VID_KEYS in the "
                "environment of this server."
            )
        lost = {name: number for name, number in counts.items() if name not in keys.secrets}
        if lost:
            yield self.env._(
                "%(number)s deleted VIDs were remembered under keys that are not here any more "
                "(%(names)s): they can come back. Put these keys behind the one in use.",
                number=sum(lost.values()),
                names=", ".join(sorted(lost)),
            )
