"""`python -m benchmarks.importing.direct WAY …`: one way of creating people, see `measuring`."""

import argparse

from odoo.tools import config

WAYS = ("floor", "naive", "reading")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=WAYS)
    for name in ("--database", "--log"):
        parser.add_argument(name, required=True)
    for name in ("--importer", "--pages", "--share", "--shares"):
        parser.add_argument(name, type=int, required=True)
    arguments = parser.parse_args()
    config.parse_config(["-d", arguments.database, "--no-http", f"--logfile={arguments.log}"])
    # Imported here: only the configuration says where the addons are.
    from .measuring import measure  # noqa: PLC0415

    measure(arguments)


if __name__ == "__main__":
    main()
