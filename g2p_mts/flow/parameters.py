"""Numbers that administrators set as system parameters."""


def read_number(env, name: str, default: int) -> int:
    """The number that a system parameter holds; the default where it is unset, 0 or no number.

    :param name: of a parameter of this addon that is no secret
    """
    # sudo: whoever needs the number may know it.
    text = env["ir.config_parameter"].sudo().get_param(name) or ""
    return int(text) if text.isdecimal() and int(text) else default
