"""Odoo's screens in a browser, as a person sees them."""

import re
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

PATIENCE_MS = 30_000
# Debian's package of Odoo leaves out this file, which only video calls use.
KNOWN = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


class Screens:
    """A browser window on one Odoo. `errors` gathers what its scripts complain of."""

    def __init__(self, page: Page, url: str):
        self.page = page
        self.url = url
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and KNOWN not in message.text:
            self.errors.append(f"{message.text} {message.location.get('url', '')}")

    def log_in(self, login: str, password: str) -> None:
        """Fill in the login form, and wait for the first screen."""
        self.page.goto(f"{self.url}/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password)
        self.page.click("button[type=submit]")
        expect(self.page.locator(".o_main_navbar")).to_be_visible()

    def open_app(self, name: str) -> None:
        """Choose an application from the menu of all applications."""
        self.page.click(".o_navbar_apps_menu button")
        entry = self.page.get_by_role("menuitem", name=name, exact=True)
        # An application that is open already has its name beside the menu, too.
        entry.and_(self.page.locator(".o_app")).click()
        expect(self.page.locator(".o_menu_brand")).to_have_text(name)

    def open_menu(self, *names: str) -> None:
        """Choose an entry of the application's menu, level by level."""
        for name in names:
            entry = self.page.locator(".o_menu_sections, .o-dropdown--menu")
            entry.get_by_text(name, exact=True).last.click()

    def open_row(self, text: str) -> None:
        """Click the row of a list that holds this text."""
        self.page.locator(".o_data_row", has_text=text).first.click()
        expect(self.page.locator(".o_form_view")).to_be_visible()

    def press(self, label: str) -> None:
        """Press a button by its label."""
        self.page.get_by_role("button", name=label, exact=True).click()

    def field(self, name: str) -> Locator:
        """The field of the form with this technical name."""
        return self.page.locator(f".o_form_view .o_field_widget[name={name}]").first

    def keep(self, path: Path) -> None:
        """Store a picture and the page's title and address, for whoever looks into a failure."""
        path = path.with_name(re.sub(r"[^\w.-]+", "_", path.name))
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path.with_suffix(".png"), full_page=True)
        path.with_suffix(".txt").write_text(f"{self.page.title()}\n{self.page.url}\n")
