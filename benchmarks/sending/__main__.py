"""`python -m benchmarks.sending …`: prints the rows of one number of people as JSON."""

import argparse
import json

from odoo.tools import config


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("--database", "--log"):
        parser.add_argument(name, required=True)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--answers", action="store_true")
    arguments = parser.parse_args()
    config.parse_config(["-d", arguments.database, "--no-http", f"--logfile={arguments.log}"])
    # Imported here: only the configuration says where the addons are.
    from .scene import Scene  # noqa: PLC0415

    rows = Scene(arguments.database, arguments.people).rows(with_answers=arguments.answers)
    print(json.dumps(rows), flush=True)


if __name__ == "__main__":
    main()
