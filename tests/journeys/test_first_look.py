"""The first minute: log in and look at who is registered."""

from playwright.sync_api import expect


def test_the_registry_opens_without_a_script_error(screens):
    screens.open_app("Registry")
    expect(screens.page.locator(".o_view_controller")).to_be_visible()
