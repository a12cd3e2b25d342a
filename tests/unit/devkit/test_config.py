"""Odoo's configuration holds what jobs need and gives nothing away."""

import configparser
import stat

from devkit import config, paths
from devkit.postgres import Server

SERVER = Server("/run/sockets", 5432, "odoo")


def read(file):
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(file)
    return parser


def test_jobs_have_workers_channels_and_time(state):
    written = read(config.write("jobs", SERVER, config.JOBS, 8100, 8101))
    options = written["options"]
    assert written["queue_job"]["channels"] == config.CHANNELS
    assert options["server_wide_modules"] == "base,rpc,web,queue_job"
    assert (options["workers"], options["max_cron_threads"]) == ("2", "1")
    assert (options["http_port"], options["gevent_port"]) == ("8100", "8101")
    assert int(options["limit_time_real"]) >= int(options["limit_time_cpu"]) >= 600


def test_screens_run_no_jobs(state):
    written = read(config.write("web", SERVER, config.WEB))
    assert written["queue_job"]["channels"] == "root:0"
    assert written["options"]["max_cron_threads"] == "0"


def test_only_this_machine_is_served_and_databases_are_not_listed(state):
    options = read(config.write("web", SERVER, config.WEB))["options"]
    assert options["http_interface"] == "127.0.0.1"
    assert (options["list_db"], options["proxy_mode"]) == ("False", "False")


def test_the_file_is_for_our_eyes_and_its_master_password_for_nobody(state):
    first, second = config.write("a", SERVER), config.write("b", SERVER)
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    passwords = {read(file)["options"]["admin_passwd"] for file in (first, second)}
    assert len(passwords) == 2
    assert min(map(len, passwords)) >= 32


def test_a_password_is_named_only_if_there_is_one(state):
    with_one = Server("db.example.test", 5433, "odoo", "secret")
    assert "db_password" not in read(config.write("a", SERVER))["options"]
    assert read(config.write("b", with_one))["options"]["db_password"] == "secret"


def test_every_addon_is_found_by_the_addons_path(state):
    places = read(config.write("a", SERVER))["options"]["addons_path"].split(",")
    assert str(paths.ROOT / "foundation") in places
    assert any(place.endswith("odoo/addons") for place in places)
