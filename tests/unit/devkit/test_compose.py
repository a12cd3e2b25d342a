"""The containers run the same system as ./dev: the same roles, settings and addons."""

import configparser

import pytest
import yaml

from devkit import addons, cluster, config, paths

CONTAINER = paths.ROOT / "devkit" / "container"


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load((paths.ROOT / "docker-compose.yml").read_text())["services"]


def option(service, name):
    [value] = [w.partition("=")[2] for w in service["command"] if w.startswith(f"--{name}=")]
    return value


@pytest.mark.parametrize(("name", "role"), [("web", config.WEB), ("jobs", config.JOBS)])
def test_a_service_has_the_workers_and_channels_of_its_role(services, name, role):
    service = services[name]
    assert option(service, "workers") == str(role.workers)
    assert option(service, "max-cron-threads") == str(role.max_cron_threads)
    assert service["environment"]["ODOO_QUEUE_JOB_CHANNELS"] == role.channels


def test_the_configuration_file_has_the_same_settings():
    written = configparser.ConfigParser()
    written.read(CONTAINER / "odoo.conf")
    there = dict(written["options"])
    assert {name: there.get(name) for name in config.COMMON} == {
        name: str(value) for name, value in config.COMMON.items()
    }


def test_every_addon_is_mounted_read_only_and_can_be_installed(services):
    mounts = [mount.split(":") for mount in services["setup"]["volumes"] if mount[0] == "."]
    assert {mode for _, _, mode in mounts} == {"ro"}
    mounted = {source.removeprefix("./") for source, _, _ in mounts}
    expected = {folder.relative_to(paths.ROOT).parts[0] for folder in addons.folders()}
    assert mounted == expected
    wanted = option(services["setup"], "init").split(",")
    assert set(wanted) == {*addons.ALWAYS_INSTALLED, *(expected - {"foundation"})}


def test_versions_are_fixed(services):
    assert services["db"]["image"].count(".") == 1
    dockerfile = (CONTAINER / "Dockerfile").read_text()
    assert "ODOO_IMAGE=odoo:19.0" in dockerfile
    assert ":latest" not in dockerfile


def test_no_password_is_written_down(services):
    text = (paths.ROOT / "docker-compose.yml").read_text()
    assert "POSTGRES_PASSWORD:" not in text
    assert services["db"]["environment"]["POSTGRES_PASSWORD_FILE"] == "/run/secrets/db_password"
    assert services["web"]["environment"]["PASSWORD_FILE"] == "/run/secrets/db_password"


def test_only_this_machine_reaches_the_screens_and_nobody_the_rest(services):
    published = {name: service.get("ports", []) for name, service in services.items()}
    assert published.pop("web") == ["127.0.0.1:8069:8069"]
    assert not any(published.values())


def test_whoever_is_waited_for_has_a_health_check(services):
    for service in services.values():
        for name, wanted in service.get("depends_on", {}).items():
            if wanted["condition"] == "service_healthy":
                assert "healthcheck" in services[name]
    assert {n for n, s in services.items() if "healthcheck" not in s} == {"setup"}


def test_the_sample_servers_are_only_for_practice(services):
    for name in ("sample-registry", "sample-seeder"):
        assert services[name]["profiles"] == ["practice"]


def test_no_log_of_a_database_quotes_people(services):
    quiet = {"log_error_verbosity": "terse", "log_min_error_statement": "panic"}
    assert quiet.items() <= cluster.SETTINGS.items()
    command = services["db"]["command"]
    assert dict(word.split("=") for word in command if "=" in word) == quiet
