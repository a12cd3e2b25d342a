"""The end of a secret value: enough to tell two of them apart, too little to use one."""

_SHOWN = 4


def tail_of(value: str | None) -> str:
    """Four signs after an ellipsis; of a value that is not much longer than that, none.

    >>> tail_of("294283190346")
    '…0346'
    """
    text = (value or "").strip()
    return f"…{text[-_SHOWN:]}" if len(text) >= 3 * _SHOWN else "…"
