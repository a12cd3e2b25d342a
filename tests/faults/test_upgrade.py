"""A real upgrade of the addons, by Odoo's own command: what people have changed stays."""

from contextlib import closing

import pytest

from devkit import config, databases, odoo, processes, templates

ADDON = "g2p_social_registry_importer"
DATABASE = "faults_upgrade"
QUERY = "{ getRegistrants { name regIds { idTypeAsStr value } } }"

#: Record that an addon ships → table, and what people have changed in it.
CHANGED = {
    "g2p_fetch_sr_data": (
        "g2p_fetch_social_registry_beneficiary",
        {"query": QUERY, "page_size": 50, "field_policy": "fill_empty"},
    ),
    "g2p_social_registry_data_source": (
        "spp_data_source",
        {
            "url": "https://real.example.test/api",
            "oauth_client_id": "importer",
            "oauth_client_secret_value": "short-word",
            "timeout": 17,
        },
    ),
    "g2p_social_registry_registry_path": ("spp_data_source_path", {"value": "/other/search"}),
    "g2p_social_registry_oauth2_path": (
        "spp_data_source_path",
        {"value": "https://id.example.test/token"},
    ),
    "g2p_import_social_registry_staged_payload_days": ("ir_config_parameter", {"value": "2"}),
    "g2p_import_social_registry_undo_days": ("ir_config_parameter", {"value": "30"}),
    "cron_sweep": ("ir_cron", {"interval_number": 11, "interval_type": "hours"}),
    "cron_schedule": ("ir_cron", {"active": False}),
    "cron_silence": ("ir_cron", {"priority": 9}),
    "channel_fetch": ("queue_job_channel", {"removal_interval": 5}),
    "job_function_fetch_page": ("queue_job_function", {"retry_pattern": {"1": 77}}),
    "run_company_rule": ("ir_rule", {"active": False}),
}
#: Roles that the addons give to the administrator at first.
GROUPS = {
    f"{ADDON}.group_import_manager",
    f"{ADDON}.group_import_officer",
    "g2p_registry_base.group_g2p_admin",
    "mts_connector.group_mts_manager",
}


@pytest.fixture
def session(postgres):
    """A database of its own with all addons; committed as it is written."""
    templates.create(postgres, DATABASE)
    try:
        with closing(postgres.connect(DATABASE)) as session:
            yield session
    finally:
        databases.drop(postgres, DATABASE)


def rows(session, query, *values):
    with session.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def shipped(session, name, table, columns):
    """These columns of a record the addon ships."""
    [found] = rows(
        session,
        f"SELECT {', '.join(columns)} FROM {table} WHERE id ="  # noqa: S608  names of this file
        " (SELECT res_id FROM ir_model_data WHERE module = %s AND name = %s)",
        ADDON,
        name,
    )
    return dict(zip(columns, found, strict=True))


def change(session, name, table, values):
    adapted = [str(v).replace("'", '"') if isinstance(v, dict) else v for v in values.values()]
    sets = ", ".join(f"{column} = %s" for column in values)
    rows(
        session,
        f"UPDATE {table} SET {sets} WHERE id ="  # noqa: S608  names of this file
        " (SELECT res_id FROM ir_model_data WHERE module = %s AND name = %s)",
        *adapted,
        ADDON,
        name,
    )


def members(session):
    """Who was given which role: pairs of group and login."""
    return set(
        rows(
            session,
            """SELECT d.module || '.' || d.name, u.login FROM res_groups_users_rel r
                 JOIN ir_model_data d ON d.res_id = r.gid AND d.model = 'res.groups'
                 JOIN res_users u ON u.id = r.uid
                WHERE d.module || '.' || d.name = ANY(%s)""",
            list(GROUPS),
        )
    )


def upgrade(postgres):
    words = ["-d", DATABASE, "-u", "g2p_registry_base", "--stop-after-init", "--no-http"]
    env = odoo.environment(postgres, config.write("upgrade", postgres))
    processes.run(odoo.command(*words, "--max-cron-threads=0"), env=env)


def test_an_upgrade_resets_nothing_that_people_have_changed(postgres, session):
    for name, (table, values) in CHANGED.items():
        assert shipped(session, name, table, values) != values, f"{name} is changed at all"
        change(session, name, table, values)
    assert {group for group, login in members(session) if login == "admin"} == GROUPS
    rows(
        session,
        """DELETE FROM res_groups_users_rel WHERE uid = (SELECT id FROM res_users WHERE login =
           'admin') AND gid IN (SELECT res_id FROM ir_model_data WHERE model = 'res.groups' AND
           module || '.' || name = ANY(%s))""",
        list(GROUPS),
    )
    kept = members(session)
    assert all(login != "admin" for _group, login in kept)

    upgrade(postgres)

    for name, (table, values) in CHANGED.items():
        assert shipped(session, name, table, values) == values, name
    assert members(session) == kept
