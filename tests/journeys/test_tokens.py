"""An engineer sets up a connector, an officer approves it, and tokens arrive on people."""

import pytest
from playwright.sync_api import expect

from devkit import demo_tokens
from devkit.rpc import Client
from tests.servers.token_seeder import launcher

PEOPLE = 3


@pytest.fixture(scope="module")
def seeder():
    """A sample MTS."""
    with launcher.running() as running:
        yield running


@pytest.fixture(scope="module")
def people(odoo):
    """Registrants with a VID; the one user there is plays all roles."""
    client = Client(odoo)
    demo_tokens.prepare(client)
    vid = client.find_or_create("g2p.id.type", {"name": demo_tokens.VID})
    client.find_or_create("g2p.id.type", {"name": demo_tokens.TOKEN})
    officers = client.ref("g2p_mts.group_mts_officer")
    me = client.call("res.users", "search", [["login", "=", odoo.login]])
    client.call("res.users", "write", me, {"group_ids": [[4, officers]]})
    for number in range(PEOPLE):
        client.call(
            "res.partner",
            "create",
            {
                "name": f"OTIENO, AMARA {number}",
                "given_name": f"Amara {number}",
                "family_name": "Otieno",
                "gender": "Female",
                "birthdate": "1984-07-19" if number else False,
                "address": "Plot 9",
                "is_registrant": True,
                "reg_ids": [[0, 0, {"id_type": vid, "value": f"900{number}"}]],
            },
        )


def test_from_an_empty_connector_to_tokens_on_people(screens, odoo, seeder, people):
    choose_the_id_types(screens)
    describe(screens, odoo, seeder)
    see_who_can_be_sent(screens)
    approve_and_start(screens)
    see_the_request(screens)
    see_the_token(screens, seeder)
    see_what_left(screens, seeder)


def choose_the_id_types(screens):
    screens.open_app("MTS Connectors")
    screens.open_menu("Settings")
    for name, text in (
        ("g2p_mts_vid_id_type", demo_tokens.VID),
        ("g2p_mts_uin_token_id_type", demo_tokens.TOKEN),
    ):
        screens.field(name).locator("input").fill(text)
        screens.page.locator(".o-autocomplete--dropdown-item", has_text=text).first.click()
    screens.press("Save")
    expect(screens.page.get_by_role("button", name="Save", exact=True)).not_to_be_visible()


def describe(screens, odoo, seeder):
    screens.open_app("MTS Connectors")
    screens.press("New")
    screens.field("name").locator("textarea, input").first.fill("Tokens of the north")
    screens.field("mts_url").locator("input").fill(seeder.url)
    screens.field("g2p_purpose").locator("textarea").fill("Pay without keeping Virtual IDs")
    screens.page.get_by_role("tab", name="Answer").click()
    screens.field("g2p_answer_base_url").locator("input").fill(odoo.url)
    screens.page.locator(".o_form_button_save").click()
    expect(screens.page.get_by_role("button", name="Approve", exact=True)).to_be_visible()


def see_who_can_be_sent(screens):
    screens.press("Pre-flight")
    rows = screens.page.locator(".modal .o_data_row")
    expect(rows.filter(has_text="can be sent")).to_contain_text("2")
    expect(rows.filter(has_text="no birth date")).to_contain_text("1")
    screens.page.locator(".modal footer").get_by_text("Close").click()


def approve_and_start(screens):
    screens.press("Approve")
    screens.page.locator(".modal footer .btn-primary").click()
    expect(screens.page.get_by_role("button", name="Approve", exact=True)).not_to_be_visible()
    screens.press("Start")


def see_the_request(screens):
    screens.open_menu("MTS Requests")
    for _time in range(30):
        if screens.page.locator(".o_data_row", has_text="Answered").count():
            break
        screens.page.wait_for_timeout(1000)
        screens.page.reload()
    screens.open_row("Tokens of the north")
    lines = screens.field("line_ids").locator(".o_data_row")
    expect(lines.filter(has_text="Token Received")).to_have_count(2)
    expect(lines.filter(has_text="There is no birth date")).to_have_count(1)


def see_the_token(screens, seeder):
    screens.page.goto(f"{screens.url}/odoo/action-g2p_registry_individual.action_individuals_list")
    screens.open_row("AMARA 1")
    screens.page.get_by_role("tab", name="IDs").click()
    expect(screens.field("reg_ids")).to_contain_text(seeder.token_of("9001"))


def see_what_left(screens, seeder):
    screens.open_app("MTS Connectors")
    screens.open_row("Tokens of the north")
    screens.press("What Leaves This System")
    page = screens.page.frame_locator("iframe").locator("body")
    expect(page).to_contain_text("Pay without keeping Virtual IDs")
    expect(page).to_contain_text(seeder.url)
