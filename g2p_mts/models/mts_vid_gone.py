import secrets
from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from itertools import product

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.g2p_registry_base.arrays import as_array
from odoo.addons.g2p_registry_base.unchecked import UncheckedMany2one
from odoo.addons.g2p_registry_base.unlogged import refused_statements_unlogged

from ..flow import vid_keys
from ..flow.parameters import read_number
from ..flow.sql_values import as_bytes, rows_of
from ..flow.vid_rule import read_rule
from ..meaning.vid_hash import LENGTH, digest, digest_in, token

#: Days until a deleted VID is forgotten, if nothing else is configured.
_KEPT_DAYS, _DAYS_PARAMETER = 1825, "g2p_mts.vid_gone_days"
_EXPIRED_AT_ONCE = 10_000


class MTSVidGone(models.Model):
    """A VID that was deleted, as a hash under a key: enough to keep it from coming back.

    Nobody reads this model over RPC. Whose VID it was is kept, so that an import still recognises
    the person by it, and does not create them again.
    """

    _name = "g2p.mts.vid.gone"
    _description = "Deleted VID"
    _order = "id desc"
    _rec_name = "key_name"
    _log_access = False

    # The bytes: as a text, table and index were half as large again, and as slow to write.
    digest = fields.Binary(attachment=False, required=True, readonly=True, groups=fields.NO_ACCESS)
    key_name = fields.Char("Key", required=True, readonly=True)
    # Goes with its type, which the model of types sees to: there is no foreign key to do it.
    id_type = UncheckedMany2one("g2p.id.type", required=True, readonly=True, ondelete="cascade")
    # May be the number of somebody who is not in the registry any more.
    partner_id = UncheckedMany2one("res.partner", readonly=True, index="btree_not_null")
    gone_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    expires_at = fields.Datetime(required=True, readonly=True, default=lambda self: self._end())

    _digest_unique = models.UniqueIndex("(digest)", "A deleted VID is remembered once.")
    # What expires together stands together: it is enough to know in which part of the table.
    _by_expiry = models.Index("USING brin (expires_at) WITH (autosummarize = on)")

    def init(self):
        """Have a key, whatever is configured: a server without one could delete no VID."""
        parameters = self.env["ir.config_parameter"].sudo()
        if not parameters.get_param(vid_keys.PARAMETER):
            parameters.set_param(vid_keys.PARAMETER, secrets.token_hex(32))

    # -- remembering -----------------------------------------------------------------------------

    @api.model
    def _remember(self, pairs):
        """Keep hashes of deleted VIDs under the key in use: a fixed number of statements.

        :param pairs: list of (ID type id, value); or, better, a dict of these → id of the partner
            who held it, by which an import recognises the person
        :raises UnreadableKeys: the keys that are configured cannot be read
        """
        holders = pairs if isinstance(pairs, Mapping) else dict.fromkeys(pairs)
        if not holders:
            return
        keys = self._keys()
        secret = keys.secrets[keys.current]
        # Two ways of writing one VID are one VID.
        rows = {digest(secret, *pair): (pair[0], holders[pair] or None) for pair in holders}
        self.flush_model()
        self._insert(rows, keys.current)
        self.invalidate_model(flush=False)

    def _insert(self, rows, key_name):
        """Insert what is hardly ever there already: to be ready for that takes a third longer.

        :param rows: hash → (id of the ID type, id of the partner)
        """
        insertion = self._insertion(rows, key_name)
        try:
            with refused_statements_unlogged(), self.env.cr.savepoint(flush=False):
                self.env.cr.execute(insertion)
        except UniqueViolation:
            self.env.cr.execute(
                SQL(
                    """%s ON CONFLICT (digest) DO UPDATE
                      SET partner_id = COALESCE(EXCLUDED.partner_id, g2p_mts_vid_gone.partner_id),
                          expires_at = EXCLUDED.expires_at""",
                    insertion,
                )
            )

    def _insertion(self, rows, key_name):
        # In the order of the index: it is written from one end to the other, and two servers
        # never wait for each other.
        digests = sorted(rows)
        id_types, partners = zip(*map(rows.__getitem__, digests), strict=True)
        columns = (("partner_id", "integer", partners), ("id_type", "integer", id_types))
        return SQL(
            """WITH kinds AS (
                   UPDATE g2p_id_type SET has_gone = TRUE
                    WHERE id = ANY(%s) AND has_gone IS NOT TRUE)
               INSERT INTO g2p_mts_vid_gone
                      (key_name, gone_at, expires_at, digest, partner_id, id_type)
               SELECT %s, %s, %s,
                      substring(%s::bytea FROM %s * (place::integer - 1) + 1 FOR %s), %s""",
            list(set(id_types)),
            key_name,
            fields.Datetime.now(),
            self._end(),
            as_bytes(digests),
            LENGTH,
            LENGTH,
            rows_of(columns),
        )

    # -- recognising -----------------------------------------------------------------------------

    @api.model
    def _holders(self, rows):
        """Which of these IDs are gone, and whose they were: two statements at most.

        :param rows: dicts with ``id_type`` (id) and ``value``
        :returns: index in ``rows`` → id of the partner, or None if that is not known
        :raises UnreadableKeys: the keys that are configured cannot be read
        """
        places = self._places(rows)
        found = {i: None for at in places.values() for i in at if digest_in(rows[i]["value"])}
        for digest_, partner_id in self._stored(places):
            found.update(dict.fromkeys(places[digest_], partner_id))
        return found

    @api.model
    def _tokens(self, rows):
        """What is kept in place of VIDs that are gone, see ``g2p.reg.id``: two statements at most.

        :param rows: as for :meth:`_holders`
        :returns: index in ``rows`` → token
        """
        places = self._places(rows)
        stored = self._stored(places)
        return {index: token(digest_) for digest_, _p in stored for index in places[digest_]}

    def _places(self, rows):
        """Hash → indices of the rows it may stand for, under every key there is.

        A VID that is gone is gone under each of the types that hold VIDs by the rule.
        """
        usable = [i for i, row in enumerate(rows) if row.get("value") and row.get("id_type")]
        gone = self._types() if usable else set()
        meant = dict.fromkeys(read_rule(self.env).vid_types, gone) if gone else {}
        types = {id_type: {id_type} for id_type in gone} | meant
        secrets_ = self._keys().secrets.values() if usable else ()
        places = defaultdict(list)
        for index in usable:
            id_type, value = rows[index]["id_type"], rows[index]["value"]
            if masked := digest_in(value):
                places[masked].append(index)
            for secret, kind in product(secrets_, types.get(id_type, ())):
                places[digest(secret, kind, value)].append(index)
        return places

    def _types(self):
        """Ids of the ID types of which something is gone: hardly ever more than one."""
        query = SQL("SELECT id FROM g2p_id_type WHERE has_gone")
        return {row[0] for row in self.env.execute_query(query)}

    def _stored(self, digests):
        if not digests:
            return []
        self.flush_model()
        query = """SELECT encode(gone.digest, 'hex'), person.id FROM g2p_mts_vid_gone gone
                     LEFT JOIN res_partner person ON person.id = gone.partner_id
                    WHERE gone.digest = ANY(%s::bytea[]) AND gone.expires_at > %s"""
        wanted = as_array(as_bytes([digest_]) for digest_ in digests)
        return self.env.execute_query(SQL(query, wanted, fields.Datetime.now()))

    @api.model
    def _types_of(self, partner_ids):
        """The types of the VIDs that people held: pairs of partner id and ids of types."""
        now = fields.Datetime.now()
        domain = [("partner_id", "in", list(partner_ids)), ("expires_at", ">", now)]
        groups = self._read_group(domain, ["partner_id"], ["id_type:array_agg_distinct"])
        return [(partner.id, set(types)) for partner, types in groups]

    # -- keys ------------------------------------------------------------------------------------

    @api.model
    def _keys(self):
        """:raises UnreadableKeys: what is configured cannot be read; nothing is guessed then"""
        # sudo: the key goes to private code only.
        generated = self.env["ir.config_parameter"].sudo().get_param(vid_keys.PARAMETER)
        try:
            return vid_keys.read_keys(generated or "")
        except vid_keys.KeysError as error:
            raise vid_keys.UnreadableKeys(self._key_problem()) from error

    def _key_problem(self):
        return self.env._(
            "The keys for deleted VIDs cannot be read: they are written name:secret,name:secret, "
            "each name once, each secret with at least 32 characters. See G2P_MTS_VID_KEYS in "
            "the environment, or g2p_mts_vid_keys in the configuration file, of this server."
        )

    @api.model
    def _end(self):
        """When what is deleted now is forgotten."""
        return fields.Datetime.now() + timedelta(days=self._kept_days())

    @api.model
    def _kept_days(self):
        return read_number(self.env, _DAYS_PARAMETER, _KEPT_DAYS)

    # -- people and types that go ----------------------------------------------------------------

    @api.model
    def _hand_over(self, partner_ids, partner_id):
        """These people are one from now on."""
        query = "UPDATE g2p_mts_vid_gone SET partner_id = %s WHERE partner_id = ANY(%s)"
        self.flush_model()
        self.env.cr.execute(SQL(query, partner_id, list(partner_ids)))
        self.invalidate_model(flush=False)

    @api.model
    def _forget_types(self, type_ids):
        """No ID can have one of these types any more."""
        self.flush_model()
        query = "DELETE FROM g2p_mts_vid_gone WHERE id_type = ANY(%s)"
        self.env.cr.execute(SQL(query, list(type_ids)))
        self.invalidate_model(flush=False)

    # -- forgetting ------------------------------------------------------------------------------

    @api.autovacuum
    def _gc_expired(self):
        past = [("expires_at", "<", fields.Datetime.now())]
        expired = self.search(past, order="id", limit=_EXPIRED_AT_ONCE)
        expired.unlink()
        return len(expired), int(len(expired) == _EXPIRED_AT_ONCE)
