"""The admin's pages about providers, in a browser without JavaScript."""

import json

import pytest
from sqlalchemy import select

from praho.core.db.scope import SystemScope, entered
from praho.core.permissions import StaffRole
from praho.integrations.services import inbox
from praho.models.integrations import InboxState, ProviderAccount
from praho.sdk.testing.contexts import closed_address
from praho_sandbox.testing import SandboxWorld
from tests.factories import providers, users
from tests.fixtures.browsing import Visitor
from tests.integrations import test_inbox, test_settling


@pytest.fixture
def admin(visitor: Visitor, sandbox: SandboxWorld) -> Visitor:
    visitor.keep("locale", "en")
    return visitor.sign_in(users.make_staff())


def accounts() -> list[ProviderAccount]:
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(ProviderAccount).order_by(ProviderAccount.id)))


def test_an_account_is_opened_with_the_form_that_its_plugin_declares(admin: Visitor, sandbox: SandboxWorld):
    empty = admin.get("/admin/providers")
    assert "No provider accounts yet" in empty.text
    assert "Sandbox card payments" in empty.text
    form = admin.get("/admin/providers/new/payment_provider/sandbox")
    assert form.values()["setting-merchant"] == "praho-demo"
    assert form.values()["setting-api_key"] == ""
    opened = admin.submit(
        form,
        {
            "label": "Carduri de probă",
            "setting-base_url": sandbox.url,
            "setting-api_key": providers.DEFAULT_API_KEY,
            "setting-webhook_secret": sandbox.webhook_secret,
        },
    )
    assert opened.status == 200
    [account] = accounts()
    assert opened.path == f"/admin/providers/{account.public_id}"
    assert f"/webhooks/payments/{account.public_id}" in opened.text
    assert sandbox.webhook_secret not in opened.body
    assert providers.DEFAULT_API_KEY not in opened.body


def test_a_form_sent_twice_opens_one_account(admin: Visitor, sandbox: SandboxWorld):
    form = admin.get("/admin/providers/new/registrar/sandbox")
    typed = {"label": "Registru", "setting-base_url": sandbox.url, "setting-api_key": "x"}
    assert admin.submit(form, typed).path == admin.submit(form, typed).path
    assert len(accounts()) == 1


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(admin: Visitor):
    form = admin.get("/admin/providers/new/registrar/sandbox")
    refused = admin.submit(form, {"label": "", "setting-base_url": "ftp://gresit", "setting-api_key": ""})
    assert refused.status == 422
    assert set(refused.errors) == {"label", "setting-base_url", "setting-api_key"}
    assert refused.values()["setting-base_url"] == "ftp://gresit"
    assert accounts() == []


def test_a_change_keeps_an_empty_secret(admin: Visitor, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox)
    form = admin.get(f"/admin/providers/{account.public_id}/edit")
    assert form.values()["setting-api_key"] == ""
    changed = admin.submit(form, {"label": "Alt nume", "setting-test_mode": None})
    assert "Alt nume" in changed.text
    assert json.loads(accounts()[0].secrets or "") == {"api_key": providers.DEFAULT_API_KEY}
    assert accounts()[0].settings["test_mode"] == "false"


def test_the_connection_is_tested_and_the_calls_are_listed(admin: Visitor, sandbox: SandboxWorld):
    good = providers.make_registrar(sandbox)
    bad = providers.make_registrar(sandbox, settings=providers.elsewhere(closed_address()))
    tested = admin.submit(admin.get(f"/admin/providers/{good.public_id}"), action="/test")
    assert "praho-demo" in tested.text
    assert "test_connection" in tested.text
    failed = admin.submit(admin.get(f"/admin/providers/{bad.public_id}"), action="/test")
    assert "The provider could not be reached" in failed.text
    assert "The last test failed" in failed.text


def test_an_account_is_switched_off_and_on(admin: Visitor, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox)
    page = admin.submit(admin.get(f"/admin/providers/{account.public_id}"), action="/switch")
    assert not accounts()[0].active
    admin.submit(page, action="/switch")
    assert accounts()[0].active


def test_an_account_whose_plugin_is_gone_is_shown_and_cannot_be_changed(admin: Visitor, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox, plugin="disparut")
    page = admin.get(f"/admin/providers/{account.public_id}")
    assert "disparut" in page.text
    assert not page.leads_to("/edit")
    assert "disparut" in admin.get("/admin/providers").text
    assert admin.get(f"/admin/providers/{account.public_id}/edit").status == 409


def test_only_admins_see_the_forms(visitor: Visitor, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox)
    visitor.sign_in(users.make_staff(StaffRole.TECHNICIAN))
    page = visitor.get(f"/admin/providers/{account.public_id}")
    assert page.leads_to("/test")
    assert not page.leads_to("/edit")
    assert not page.leads_to("/switch")
    assert visitor.get(f"/admin/providers/{account.public_id}/edit").status == 403
    assert visitor.get("/admin/providers/new").status == 403
    assert visitor.post(f"/admin/providers/{account.public_id}/switch", {"active": "0"}).status == 403


@pytest.mark.parametrize("path", ["acc_nothing", "acc_nothing/edit", "new/registrar/nothing", "new/nothing/sandbox"])
def test_what_is_not_there_is_not_found(admin: Visitor, path: str):
    assert admin.get(f"/admin/providers/{path}").status == 404


def test_webhooks_are_listed_shown_and_handed_over_again(admin: Visitor, sandbox: SandboxWorld):
    assert "No webhooks yet" in admin.get("/admin/inbox").text
    account = providers.make_payment_account(sandbox)
    test_inbox.send(account, test_inbox.body())
    [message] = test_inbox.messages()
    with entered(SystemScope("job")):
        inbox.mark_failed(message.id, "Nu există o astfel de plată.")
    listed = admin.get("/admin/inbox?state=failed")
    assert "evt_1" in listed.text
    assert "Nu există o astfel de plată." in listed.text
    page = admin.get(f"/admin/inbox/{message.public_id}")
    assert '"merchant": "praho-demo"' in page.text
    after = admin.submit(page, action="/reprocess")
    assert after.status == 200
    assert test_inbox.messages()[0].state is InboxState.RECEIVED
    assert "evt_1" not in admin.get("/admin/inbox?state=failed").text
    assert admin.get("/admin/inbox/wh_nothing").status == 404


def test_operations_are_listed_by_state(admin: Visitor, sandbox: SandboxWorld):
    assert admin.get("/admin/provider-operations").status == 200
    operation_id = test_settling.claim(providers.make_registrar(sandbox))
    sandbox.arm("domains.register", "error_500")
    test_settling.settle(operation_id, test_settling.Records())
    assert "tests.register" in admin.get("/admin/provider-operations?state=unknown").text
    assert "tests.register" not in admin.get("/admin/provider-operations?state=succeeded").text
    assert "tests.register" in admin.get("/admin/provider-operations?state=nonsense").text


def test_the_lists_take_as_many_queries_for_many_rows_as_for_few(admin: Visitor, sandbox: SandboxWorld, count_queries):
    account = providers.make_payment_account(sandbox)
    counts: dict[str, list[int]] = {}
    for start in (0, 10):
        for number in range(start, start + 10):
            test_inbox.send(account, test_inbox.body(f"evt_{number}"))
            test_settling.claim(providers.make_registrar(sandbox), f"item_{number}")
        for path in ("/admin/providers", "/admin/inbox", "/admin/provider-operations"):
            admin.get(path)
            with count_queries() as counted:
                admin.get(path)
            counts.setdefault(path, []).append(counted.count)
    assert all(few == many <= 12 for few, many in counts.values()), counts
