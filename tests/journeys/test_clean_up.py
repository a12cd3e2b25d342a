"""An officer sets a rule, practises, deletes VIDs, verifies the receipt; an import brings none."""

import dataclasses

import pytest
from playwright.sync_api import expect

from devkit import demo, demo_tokens
from devkit.rpc import Client
from tests.servers.token_seeder import launcher

IDS = "g2p.reg.id"


@pytest.fixture(scope="module")
def client(odoo):
    return Client(odoo)


@pytest.fixture(scope="module")
def tokens(client, registry):
    """People come from a registry, and tokens for their VIDs from a sample MTS; how many."""
    demo_tokens.prepare(client)
    assert demo.import_all(client, registry)["state"] in ("done", "incomplete")
    with launcher.running() as seeder:
        counts = demo_tokens.send_all(client, seeder)
    return counts["answered"]


def test_vids_go_by_a_rule_with_a_receipt_and_do_not_come_back(screens, client, registry, tokens):
    held = vids(client)
    set_the_rule(screens)
    confirm_the_limits(client)
    practise(screens, tokens)
    assert vids(client) == held
    delete(screens, tokens)
    verify(screens)
    see_the_figures(screens, held - tokens, tokens)
    assert vids(client) == held - tokens
    fetch_again(screens, tokens)
    assert vids(client) == held - tokens


def vids(client):
    return client.call(IDS, "search_count", [["id_type.name", "=", demo_tokens.VID]])


def set_the_rule(screens):
    screens.open_app("MTS Connectors")
    screens.open_menu("VID Clean-Up", "Rule")
    expect(screens.field("vid_type_id").locator("input")).to_have_value(demo_tokens.VID)
    screens.field("brake_percent").locator("input").fill("100")
    screens.page.keyboard.press("Tab")
    expect(screens.page.get_by_text("This is a draft.")).to_be_visible()
    screens.press("Save the Rule")
    expect(screens.page.get_by_text("The rule is in force.")).to_be_visible()
    expect(screens.page.get_by_text("Until another data-protection officer")).to_have_count(2)
    expect(screens.page.get_by_role("button", name="Confirm the Limits")).to_have_count(0)


def confirm_the_limits(client):
    """Somebody else agrees that all VIDs may go at once."""
    officers = client.ref("g2p_mts.group_mts_officer")
    login = {"login": "second_officer", "password": "second_officer"}
    user = {"name": "Second Officer", "group_ids": [[4, officers]], **login}
    client.call("res.users", "create", [user])
    second = Client(dataclasses.replace(client.odoo, **login))
    [page] = second.call("g2p.mts.vid.rule", "create", [{}])
    assert second.call("g2p.mts.vid.rule", "action_confirm_brake", [page])


def practise(screens, number):
    screens.open_menu("VID Clean-Up", "Rule")
    screens.press("Practise")
    wait_until_done(screens)
    expect(screens.page.get_by_text("Practice: nothing was deleted.")).to_be_visible()
    expect(screens.page.locator("[name=deleted_count]:visible").first).to_have_text(str(number))


def delete(screens, number):
    screens.open_menu("VID Clean-Up", "Rule")
    screens.press("Run Now")
    screens.page.locator(".modal footer .btn-primary").click()
    wait_until_done(screens)
    expect(screens.page.locator("[name=deleted_count]:visible").first).to_have_text(str(number))


def wait_until_done(screens):
    """A server works on it; the page is loaded again until it is."""
    current = screens.page.locator(".o_statusbar_status .o_arrow_button_current")
    expect(current).to_be_visible()
    for _time in range(60):
        if current.inner_text() == "Done":
            return
        screens.page.wait_for_timeout(1000)
        screens.page.reload()
        expect(current).to_be_visible()
    expect(current).to_have_text("Done")


def verify(screens):
    screens.press("Verify")
    expect(screens.page.get_by_text("It is untouched")).to_be_visible()


def see_the_figures(screens, held, gone):
    screens.open_menu("VID Clean-Up", "Held and Gone")
    expect(screens.field("held_count")).to_have_text(str(held))
    expect(screens.field("gone_count")).to_have_text(str(gone))
    expect(screens.page.get_by_text("The promise is kept.")).to_be_visible()


def fetch_again(screens, number):
    screens.open_app("Programs")
    screens.open_menu("Import From Registry", "Imports")
    screens.page.locator(".o_data_row").first.locator("td[name=name]").click()
    screens.press("Fetch")
    state = screens.page.locator(".o_statusbar_status .o_arrow_button_current")
    expect(state).to_have_text("Done", timeout=120_000)
    expect(screens.field("gone_id_count")).to_have_text(str(number))
