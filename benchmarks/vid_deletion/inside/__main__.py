"""`python -m benchmarks.vid_deletion.inside WAY …`: one way of deleting VIDs, see `ways`."""

import argparse

from odoo.tools import config


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("way")
    for name in ("--database", "--log"):
        parser.add_argument(name, required=True)
    arguments = parser.parse_args()
    config.parse_config(["-d", arguments.database, "--no-http", f"--logfile={arguments.log}"])
    # Imported here: only the configuration says where the addons are.
    from .measuring import run  # noqa: PLC0415

    run(arguments.way, arguments.database)


if __name__ == "__main__":
    main()
