"""For each file of journeys: Odoo on a new database. For each journey: a browser window."""

import itertools
import os

import pytest
from playwright.sync_api import sync_playwright

from devkit import browser, databases, paths, server, templates
from devkit.rpc import Client
from tests.conftest import FAILED
from tests.journeys.screens import Screens
from tests.servers.social_registry import launcher

_number = itertools.count(1)


@pytest.fixture(scope="session")
def prepared(postgres):
    """A database whose screens need not be built any more: that takes longer than most journeys."""
    name = f"journey_{os.getpid()}"
    templates.create(postgres, name)
    try:
        with server.running(postgres, name) as running:
            Client(running).warm_up()
        yield name
    finally:
        databases.drop(postgres, name)


@pytest.fixture(scope="module")
def odoo(postgres, prepared):
    """Odoo, its screens and its jobs, on a database with all addons and nothing in it."""
    name = f"{prepared}_{next(_number)}"
    databases.copy(postgres, prepared, name)
    try:
        with server.running(postgres, name) as running:
            yield running
    finally:
        databases.drop(postgres, name)


@pytest.fixture(scope="module")
def registry():
    """A sample Social Registry with twenty households."""
    with launcher.running(households=20, seed=7) as running:
        yield running


@pytest.fixture(scope="session")
def chromium():
    """One real Chromium for all journeys."""
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=browser.find(), args=browser.OPTIONS)
        yield chrome
        chrome.close()


@pytest.fixture
def screens(chromium, odoo, request):
    """A browser window of its own, logged in as administrator. Script errors fail the test."""
    context = chromium.new_context(viewport={"width": 1440, "height": 1000})
    screens = Screens(context.new_page(), odoo.url)
    try:
        screens.log_in(odoo.login, odoo.password)
        yield screens
    finally:
        if request.node.stash.get(FAILED, False):
            screens.keep(paths.FAILURES / request.node.name)
        context.close()
    assert screens.errors == []
