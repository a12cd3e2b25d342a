"""Whether a text is a jq program. It is compiled, never run."""

import jq


def find_jq_problem(program):
    """Return what the jq compiler finds wrong with ``program`` (a text), or an empty string."""
    try:
        jq.compile(program)
    except ValueError as error:
        return _first_line(str(error))
    return ""


def _first_line(message):
    # The rest draws an arrow under the program and repeats that there was an error.
    return message.splitlines()[0].removeprefix("jq: error: ").rstrip(":")
