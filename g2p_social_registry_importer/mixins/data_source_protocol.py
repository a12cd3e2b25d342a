import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..wire.client import SocialRegistry
from ..wire.dialect import Dialect
from ..wire.transport import G2PConnectTransport, GraphQLTransport

SEARCH_PATH = "Registry Sync Search"
#: Field of the source → the name's place in the dialect.
_NAMES = {
    "graphql_root_field": "root",
    "graphql_limit": "limit",
    "graphql_offset": "offset",
    "graphql_order": "order",
    "graphql_is_group": "is_group",
    "graphql_changed_since": "changed_since",
}
#: Without these there is nothing to ask for, or no way to get behind the first page.
_NEEDED = ("graphql_root_field", "graphql_limit", "graphql_offset")
#: GraphQL specification, section 2.1.9.
_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]*")


class DataSourceProtocol(models.AbstractModel):
    """In which form a registry is asked."""

    _name = "spp.data.source.protocol"
    _description = "Protocol of a Data Source"

    protocol = fields.Selection(
        [("g2p_connect", "G2P Connect sync search"), ("graphql", "Plain GraphQL over HTTP")],
        required=True,
        default="g2p_connect",
        help="Both ask the path “Registry Sync Search”.",
    )
    sender_id = fields.Char(
        "Sender ID", help="Who we are to the registry, as agreed with it; may stay empty."
    )
    graphql_root_field = fields.Char(
        "Root Field",
        default="getRegistrants",
        help="What the registry calls the list of registrants. Queries say getRegistrants all "
        "the same.",
    )
    graphql_limit = fields.Char("Limit", default="limit", help="Argument: how many rows.")
    graphql_offset = fields.Char("Offset", default="offset", help="Argument: rows to skip.")
    graphql_order = fields.Char(
        "Order",
        default="order",
        help="Argument: by what to sort. Empty if there is none; rows may then change places "
        "between two pages.",
    )
    graphql_is_group = fields.Char(
        "Households Only",
        default="isGroup",
        help="Argument: households or individuals. Empty if there is none.",
    )
    graphql_changed_since = fields.Char(
        "Changed Since",
        default="lastSyncDate",
        help="Argument: only who was changed since. Empty if there is none.",
    )

    @api.constrains("protocol", *_NAMES)
    def _check_graphql_names(self):
        for source in self.filtered(lambda source: source.protocol == "graphql"):
            for name in _NAMES:
                source._check_graphql_name(name)

    def _check_graphql_name(self, name):
        value = self[name] or ""
        if (value or name in _NEEDED) and not _NAME.fullmatch(value):
            raise ValidationError(
                self.env._(
                    "%(field)s has to be a name of GraphQL: letters, digits and “_”.",
                    field=self._fields[name]._description_string(self.env),
                )
            )

    def _transport(self, timeout=None):
        """The way a query travels.

        :param timeout: seconds, instead of the source's own
        :raises wire.errors.ConfigurationError: a secret or key is missing, or cannot be used
        """
        url = self.get_source_path_id_key_full_path_pair()[SEARCH_PATH]
        way = (url, self._authentication(), self._connection(timeout))
        if self.protocol == "graphql":
            return GraphQLTransport(*way, dialect=self._dialect())
        return G2PConnectTransport(
            *way,
            sender_id=self.sender_id or "",
            signer=self._signer(),
            verifier=self._verifier(),
        )

    def _dialect(self):
        return Dialect(**{place: self[name] or "" for name, place in _NAMES.items()})

    def _registry(self, timeout=None):
        """The registry, ready to be asked; a context manager.

        :param timeout: seconds, instead of the source's own
        :rtype: wire.client.SocialRegistry
        :raises: see :meth:`_transport`
        """
        self.ensure_one()
        return SocialRegistry(self._transport(timeout))
