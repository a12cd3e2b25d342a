"""Limits above which a clean-up needs a second yes: raised by one officer, confirmed by another.

Whoever could raise them alone could do without the second yes. Until somebody else has confirmed
higher limits, the old ones count; lower ones count at once.
"""

from collections.abc import Iterable

from .parameters import read_number

#: What counts if nothing is set.
ROWS, PERCENT = 10_000, 20
#: System parameter → the attribute of a rule that it sets, and what was there from the beginning.
LIMITS = {
    "g2p_mts.vid_delete_brake_rows": ("brake_rows", ROWS),
    "g2p_mts.vid_delete_brake_percent": ("brake_percent", PERCENT),
}


def in_force(env, rule) -> tuple[int, int]:
    """The limits by which a clean-up by this rule is judged.

    :param rule: a ``VidRule``
    :returns: number of VIDs, and percentage
    """
    rows, percent = (min(getattr(rule, LIMITS[key][0]), _confirmed(env, key)) for key in LIMITS)
    return rows, percent


def unconfirmed(env, rule, user=None) -> list[str]:
    """The limits of a rule that nobody has confirmed; their parameters.

    :param user: only those which this user may confirm, having set none of them
    """
    return [
        key
        for key, (name, _first) in LIMITS.items()
        if getattr(rule, name) > _confirmed(env, key)
        and (user is None or read_number(env, _by(key), 0) != user.id)
    ]


def confirm(env, rule, keys: Iterable[str]) -> None:
    """Have these limits of a rule count. Whoever calls has checked who may confirm them."""
    for key in keys:
        _set(env, _confirmed_name(key), getattr(rule, LIMITS[key][0]))


def note_changed(env, rule, keys: Iterable[str]) -> None:
    """Note who has changed limits; what is lowered is not raised again without somebody else.

    :param rule: the one in force, with the limits as they are now
    :param keys: parameters that were written
    """
    for key in LIMITS.keys() & set(keys):
        _set(env, _by(key), env.uid)
        limit = getattr(rule, LIMITS[key][0])
        if 0 < limit < _confirmed(env, key):
            _set(env, _confirmed_name(key), limit)


def _confirmed(env, key):
    return read_number(env, _confirmed_name(key), LIMITS[key][1])


def _confirmed_name(key):
    return f"{key}_confirmed"


def _by(key):
    return f"{key}_by"


def _set(env, name, value):
    # sudo: the settings are for administrators; what is noted here is what an officer has done.
    env["ir.config_parameter"].sudo().set_param(name, value)
