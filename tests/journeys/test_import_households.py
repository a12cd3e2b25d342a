"""An engineer connects a registry, an operator fetches, an officer looks at a household."""

import re

from playwright.sync_api import expect

IMPORT = "Households of the Social Registry"


def test_households_of_a_registry_are_fetched_and_looked_at(screens, registry):
    connect(screens, registry)
    fetch(screens)
    see_the_balance(screens, registry.truth())
    see_a_household_with_its_members(screens)


def connect(screens, registry):
    screens.open_app("Programs")
    screens.open_menu("Configuration", "Data Sources")
    screens.open_row("Social Registry")
    screens.field("url").locator("input").fill(registry.base_url)
    screens.field("oauth_client_id").locator("input").fill(registry.client_id)
    screens.field("oauth_client_secret").locator("input").fill(registry.client_secret)
    screens.page.locator(".o_data_row", has_text="Authentication").locator("td[name=value]").click()
    screens.page.locator(".o_selected_row td[name=value] input").fill(registry.token_url)
    screens.page.locator(".o_form_button_save").click()
    expect(screens.page.locator(".o_form_button_save")).not_to_be_visible()
    screens.page.reload()
    secret = screens.field("oauth_client_secret").locator("input")
    expect(secret).to_have_value(re.compile("^•+$"))


def fetch(screens):
    screens.open_menu("Import From Registry", "Imports")
    screens.open_row(IMPORT)
    screens.field("create_missing_id_types").locator("input").check()
    screens.field("create_missing_member_kinds").locator("input").check()
    screens.press("Fetch")


def see_the_balance(screens, truth):
    """The form reads itself again until the run has ended."""
    state = screens.page.locator(".o_statusbar_status .o_arrow_button_current")
    expect(state).to_have_text("Done", timeout=120_000)
    expect(screens.field("received_count")).to_have_text(str(truth["households"]))
    expect(screens.field("created_count")).to_have_text(str(truth["households_with_id"]))
    expect(screens.field("skipped_count")).to_have_text(str(truth["households_without_id"]))
    expect(screens.field("is_balanced").locator("input")).to_be_checked()


def see_a_household_with_its_members(screens):
    screens.open_app("Registry")
    screens.page.locator(".o_data_row").first.locator("td[name=name]").click()
    expect(screens.field("head_id")).not_to_have_text("")
    members = screens.field("group_membership_ids").locator(".o_data_row")
    expect(members.first).to_be_visible()
    number = int(screens.field("z_ind_grp_num_individuals").inner_text())
    expect(members).to_have_count(number)
    expect(members.filter(has_text="Head")).to_have_count(1)
