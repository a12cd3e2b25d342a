"""Which VIDs are deleted, and when: the rule, read from the settings."""

import json
from dataclasses import asdict, dataclass, replace

from odoo import SUPERUSER_ID
from odoo.exceptions import ValidationError

from . import vid_brake
from .vid_keys import UnreadableKeys

#: System parameters of the rule; the first three have the names of 17.0.
VID_TYPE = "g2p_mts.vid_id_type"
TOKEN_TYPE = "g2p_mts.uin_token_id_type"  # noqa: S105  it is no token
SEARCH_DOMAIN = "g2p_mts.vid_delete_search_domain"
MORE_TYPES = "g2p_mts.vid_delete_more_id_types"
OWN_NONCE = "g2p_mts.vid_delete_own_nonce"
AFTER_DAYS = "g2p_mts.vid_delete_after_days"
BRAKE_ROWS, BRAKE_PERCENT = vid_brake.LIMITS
PARAMETERS = (
    VID_TYPE,
    TOKEN_TYPE,
    SEARCH_DOMAIN,
    MORE_TYPES,
    OWN_NONCE,
    AFTER_DAYS,
    BRAKE_PERCENT,
    BRAKE_ROWS,
)
#: Stands for a number that cannot be read; no rule with it has no problem.
_NO_NUMBER = -1
_MOST_DAYS = 36_500


@dataclass(frozen=True)
class VidRule:
    """A VID goes when its holder has a token, and only then.

    :param vid_types: ids of the ID types that hold VIDs
    :param token_type: id of the ID type that holds the token; 0 if none is chosen
    :param search_domain: JSON; which registrants are meant
    :param own_nonce: only where the token came as the answer to that very person's nonce
    :param after_days: days the token must have been there
    :param brake_percent: above this share of all people with VID or token, a second yes is needed
    :param brake_rows: above this number as well
    :param companies: ids of the companies whose registrants are meant; none: of all
    """

    vid_types: tuple[int, ...] = ()
    token_type: int = 0
    search_domain: str = "[]"
    own_nonce: bool = True
    after_days: int = 0
    brake_percent: int = vid_brake.PERCENT
    brake_rows: int = vid_brake.ROWS
    companies: tuple[int, ...] = ()

    def as_json(self) -> dict:
        """The rule as it is kept with a run."""
        return json.loads(json.dumps(asdict(self)))

    @classmethod
    def from_json(cls, values: dict) -> "VidRule":
        """The rule that :meth:`as_json` gave."""
        lists = {name: tuple(values[name]) for name in ("vid_types", "companies")}
        return cls(**{**values, **lists})

    def for_companies(self, ids) -> "VidRule":
        """The same rule for the registrants of these companies, and of none."""
        return replace(self, companies=tuple(sorted(ids)))

    @property
    def for_everybody(self) -> "VidRule":
        """The same rule for the registrants of all companies."""
        return replace(self, companies=())

    @property
    def without_conditions(self) -> "VidRule":
        """The same rule for every VID whose holder has a valid token."""
        return replace(self, search_domain="[]", own_nonce=False, after_days=0)

    def problems(self, env) -> list[str]:
        """In words, what keeps the rule from being followed; nothing if it can be."""
        return [*self.own_problems(env), *key_problems(env)]

    def own_problems(self, env) -> list[str]:
        """Those of them that are in the rule itself, and not on this server."""
        return [*self._type_problems(env), *self._number_problems(env), *self._domain_problems(env)]

    def _type_problems(self, env):
        # sudo: only whether they are there is looked at.
        types = env["g2p.id.type"].sudo()
        vids, token = types.browse(self.vid_types), types.browse(self.token_type)
        if not vids:
            yield env._("No ID type is chosen for the VID.")
        if not token:
            yield env._("No ID type is chosen for the token.")
        if vids.exists() != vids or token.exists() != token:
            yield env._("An ID type that was chosen is not there any more.")
        if token & vids:
            yield env._("The VID and the token must be kept under different ID types.")

    def _number_problems(self, env):
        if not 0 <= self.after_days <= _MOST_DAYS:
            yield env._("The days after which VIDs are deleted must be a number from 0.")
        if not 1 <= self.brake_percent <= 100:
            yield env._("The percentage above which somebody has to agree goes from 1 to 100.")
        if self.brake_rows < 1:
            yield env._("The number above which somebody has to agree must be at least 1.")

    def _domain_problems(self, env):
        # What is in force was checked with the rights of whoever saved it.
        if self.search_domain == read_rule(env).search_domain:
            env = env(user=SUPERUSER_ID)
        draft = env["g2p.mts.search.domain.mixin"].new({"g2p_search_domain": self.search_domain})
        try:
            draft._check_g2p_search_domain()
        except ValidationError as error:
            yield str(error)

    def in_words(self, env) -> str:
        """What the rule says, one sentence a line, for a screen or a receipt."""
        # sudo: names of companies.
        companies = env["res.company"].sudo()
        lines = [self._types_words(env), self._nonce_words(env)]
        if self.after_days:
            lines.append(env._("Only %s days after the token came.", self.after_days))
        if self.search_domain != "[]":
            lines.append(env._("Only of registrants with: %s", self.search_domain))
        if self.companies:
            names = ", ".join(companies.browse(self.companies).exists().mapped("name"))
            lines.append(env._("Only of registrants of %s, or of no company.", names))
        lines += self._brake_words(env)
        return "\n".join(lines)

    def _brake_words(self, env):
        yield (
            env._(
                "More than %(rows)s VIDs, or than %(percent)s %% of all people with VID or token, "
                "only with the yes of a second person.",
                rows=self.brake_rows,
                percent=self.brake_percent,
            )
        )
        if vid_brake.unconfirmed(env, self):
            yield self.unconfirmed_words(env)

    def unconfirmed_words(self, env) -> str:
        """That these limits do not count yet, and which ones do."""
        rows, percent = vid_brake.in_force(env, self)
        return env._(
            "Until another data-protection officer has pressed “Confirm the Limits” on the page of "
            "the rule, these do not count yet: more than %(rows)s VIDs, or than %(percent)s %%, "
            "need a second yes.",
            rows=rows,
            percent=percent,
        )

    def _types_words(self, env):
        # sudo: names of ID types.
        types = env["g2p.id.type"].sudo()
        vids = ", ".join(types.browse(self.vid_types).exists().mapped("name"))
        token = types.browse(self.token_type).exists().name
        if not (vids and token):
            return env._("Deletes nothing until the ID types of VID and token are chosen.")
        return env._("Deletes “%(vid)s” of whoever has a valid “%(token)s”.", vid=vids, token=token)

    def _nonce_words(self, env):
        if self.own_nonce:
            return env._(
                "Only if the token was received for that very person's nonce, "
                "and neither it nor the VID was changed since."
            )
        return env._("Wherever the token came from.")


def key_problems(env) -> list[str]:
    """In words, which keys this server cannot read, without which nothing is deleted."""
    # sudo: whether they can be read is all that is told.
    gone, receipts = env["g2p.mts.vid.gone"].sudo(), env["g2p.mts.vid.deletion"].sudo()
    return [*_complaint(gone._keys), *_complaint(receipts._receipt_keys)]


def _complaint(read):
    try:
        read()
    except UnreadableKeys as error:
        return [str(error)]
    return []


def read_rule(env) -> VidRule:
    """The rule in force. What is unset or cannot be read shows among its problems."""
    # sudo: the rule is no secret; the settings are for administrators.
    get = env["ir.config_parameter"].sudo().get_param
    default = VidRule()
    more = sorted(_number(text, 0) for text in _parts(get(MORE_TYPES)))
    return VidRule(
        vid_types=tuple(dict.fromkeys(n for n in (_number(get(VID_TYPE), 0), *more) if n)),
        token_type=_number(get(TOKEN_TYPE), 0),
        search_domain=(get(SEARCH_DOMAIN) or "").strip() or default.search_domain,
        own_nonce=(get(OWN_NONCE) or str(default.own_nonce)).strip().lower() in ("true", "1"),
        after_days=_number(get(AFTER_DAYS), default.after_days),
        brake_percent=_number(get(BRAKE_PERCENT), default.brake_percent),
        brake_rows=_number(get(BRAKE_ROWS), default.brake_rows),
    )


def save_rule(env, rule: VidRule) -> None:
    """Put a rule in force.

    Whoever calls has checked the rights of the user and the problems of the rule.
    """
    first, *more = rule.vid_types or (False,)
    values = {
        VID_TYPE: first,
        MORE_TYPES: ",".join(map(str, more)) or False,
        TOKEN_TYPE: rule.token_type or False,
        SEARCH_DOMAIN: rule.search_domain if rule.search_domain != "[]" else False,
        OWN_NONCE: str(rule.own_nonce),
        AFTER_DAYS: str(rule.after_days),
        BRAKE_PERCENT: str(rule.brake_percent),
        BRAKE_ROWS: str(rule.brake_rows),
    }
    # sudo: data-protection officers set this rule; the settings are for administrators.
    parameters = env["ir.config_parameter"].sudo()
    for key, value in values.items():
        parameters.set_param(key, value)


def companies_at_work(env) -> list[int]:
    """Ids of the companies the user is at work in; none if these are all there are."""
    ids = env.companies.ids
    # sudo: whether there are other companies is all that is asked.
    all_companies = env["res.company"].sudo().with_context(active_test=False)
    return ids if all_companies.search_count([("id", "not in", ids)], limit=1) else []


def _parts(text):
    return [part for part in (text or "").split(",") if part.strip()]


def _number(text, default):
    """The number that a parameter holds; unset is the default, junk is no number at all."""
    text = (text or "").strip()
    if not text:
        return default
    return int(text) if text.isdecimal() else _NO_NUMBER
