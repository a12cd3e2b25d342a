"""Runs a jq program, as a process of its own: see ``jq_run``.

Reads ``{"program": …, "values": […]}`` from standard input and prints the list of first results.
"""

import json
import resource
import sys

import jq

SECONDS = 1
MEMORY = 512 << 20
MOST_CHARACTERS = 100_000


def main():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    asked = json.load(sys.stdin)
    program = jq.compile(asked["program"])
    text = json.dumps([program.input_value(value).first() for value in asked["values"]])
    if len(text) <= MOST_CHARACTERS:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
