"""How long is waited before an MTS is asked, asked again, or given up; in seconds."""

#: Until a request whose answers are to be fetched is looked after.
FIRST_LOOK = 5
#: Until answers are missed that an MTS says it has brought, none having come meanwhile. It says so
#: before it makes its calls, and they take their time.
OVERDUE = 60

_LONGEST = 600


def pause_after(looks: int) -> int:
    """The pause before the next look: twice as long as the one before, up to ten minutes.

    :param looks: how often was looked
    """
    return min(FIRST_LOOK * 2 ** min(looks, 10), _LONGEST)
