"""An engineer ticks fields, sees the query, looks at a preview, and uses the query."""

import re

from playwright.sync_api import expect

from devkit.demo import connect
from devkit.rpc import Client

IMPORT = "Households of the Social Registry"


def test_a_query_is_picked_previewed_and_used(screens, odoo, registry):
    connect(Client(odoo), registry)
    screens.open_app("Programs")
    screens.open_menu("Import From Registry", "Imports")
    screens.open_row(IMPORT)
    pick(screens)
    preview(screens)
    use(screens)
    write_by_hand(screens)


def dialog(screens):
    return screens.page.locator(".modal-content")


def query(screens):
    """The lines of the query in the dialog."""
    return dialog(screens).locator(".o_field_widget[name=query] .ace_content")


def pick(screens):
    screens.page.get_by_role("button", name="Pick Fields").click()
    expect(query(screens)).to_contain_text("groupMembershipIds")
    untick(screens, "individual.registrationDate", "registrationDate")
    dialog(screens).get_by_role("tab", name="Filters").click()
    row = dialog(screens).locator(".o_data_row", has_text="Created Since")
    row.locator("td[name=value]").click()
    row.locator("td[name=value] input").fill("2001-01-01")
    dialog(screens).get_by_role("tab", name="Fields").click()
    expect(query(screens)).to_contain_text('lastSyncDate: "2001-01-01"')


def untick(screens, *names):
    """Take fields out, and see each time that the query follows."""
    for left, name in zip(reversed(range(len(names))), names, strict=True):
        dialog(screens).get_by_role("checkbox", name=f"{name} →").first.uncheck()
        expect(query(screens)).to_have_text(occurring("registrationDate", left))


def occurring(word, times):
    """A pattern for texts in which a word stands so many times."""
    other = f"(?:(?!{word}).)*"
    return re.compile(f"^{other}(?:{word}{other}){{{times}}}$", re.DOTALL)


def preview(screens):
    dialog(screens).get_by_role("button", name="Preview").click()
    records = dialog(screens).locator(".o_import_preview .card")
    expect(records).to_have_count(5)
    expect(records.first).to_contain_text(re.compile("would be (created|skipped)"))
    expect(dialog(screens)).not_to_contain_text("registrationDate")
    dialog(screens).locator(".o_field_widget[name=record_count] input").fill("2")
    dialog(screens).locator(".o_field_widget[name=record_count] input").blur()
    expect(records).to_have_count(2)


def use(screens):
    dialog(screens).get_by_role("button", name="Back to the Fields").click()
    expect(query(screens)).to_contain_text('lastSyncDate: "2001-01-01"')
    dialog(screens).get_by_role("button", name="Use This Query").click()
    expect(dialog(screens)).to_have_count(0)
    editor = screens.field("query").locator(".ace_content")
    expect(editor).to_contain_text('lastSyncDate: "2001-01-01"')
    expect(editor).not_to_contain_text("registrationDate")


def write_by_hand(screens):
    """What is wrong with a query is said when it is saved, and the query stays."""
    screens.field("query").locator("textarea").press("Control+a")
    screens.page.keyboard.insert_text("{ getRegistrants { name")
    screens.page.locator(".o_form_button_save").click()
    error = screens.page.locator(".modal-content", has_text="The query cannot be used.")
    expect(error).to_contain_text("Line 1, column 24")
    error.get_by_role("button", name="Close").last.click()
    screens.page.locator(".o_form_button_cancel").click()
    expect(screens.field("query").locator(".ace_content")).to_contain_text("lastSyncDate")
