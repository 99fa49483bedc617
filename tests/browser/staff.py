"""Signing in as a member of the demonstration's staff."""

import time

import pyotp
from playwright.sync_api import Page

from praho.core.totp import STEP_SECONDS
from praho.operations.services.demo import people


def sign_in(page: Page, email: str = people.ADMIN.email) -> None:
    """Sign in with password and one-time code, and arrive at the admin's dashboard.

    A code opens once: who signs in a second time within half a minute needs the next one, which is taken as well.
    """
    page.goto("/admin/")
    page.wait_for_url("**/account/sign-in**")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(people.PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/account/second-factor**")
    for step in range(2):
        code = pyotp.TOTP(people.TOTP_SECRET).at(int(time.time()) + step * STEP_SECONDS)
        page.locator("[name=code]").fill(code)
        with page.expect_navigation():
            page.locator("[name=code]").press("Enter")
        if "second-factor" not in page.url:
            break
    page.wait_for_url("**/admin/")
