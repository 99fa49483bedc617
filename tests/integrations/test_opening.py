"""Provider accounts: checked by the plugin's own rules, with secrets that are written and never read back."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid
from praho.core.i18n import in_locale
from praho.integrations.errors import PluginMissing, UnknownAccount
from praho.integrations.services import choosing, opening, testing
from praho.models.audit import AuditEvent
from praho.models.integrations import ProviderAccount, ProviderKind
from praho.sdk.testing.contexts import closed_address
from praho_sandbox.testing import SandboxWorld
from tests.factories import customers, providers

FORM = {"base_url": "http://127.0.0.1:8010/", "api_key": "cheie-secreta-1", "test_mode": "1"}


def opened(**changes: Any) -> str:
    with entered(SystemScope("staff")):
        return opening.open_account(
            ProviderKind.REGISTRAR, "sandbox", FORM | changes, label="  Registrul   de probă ", live=False
        )


def row(public_id: str) -> ProviderAccount:
    with entered(SystemScope("test")) as session:
        return session.scalars(select(ProviderAccount).where(ProviderAccount.public_id == public_id)).one()


def events() -> list[AuditEvent]:
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(AuditEvent).order_by(AuditEvent.id)))


def test_secrets_are_kept_apart_and_encrypted(db, sandbox: SandboxWorld):
    account = row(opened())
    assert account.label == "Registrul de probă"
    assert account.settings == {"base_url": "http://127.0.0.1:8010", "test_mode": "true"}
    assert json.loads(account.secrets or "") == {"api_key": "cheie-secreta-1"}
    assert "cheie" not in (account.secrets_sealed or "")


def test_an_empty_secret_keeps_the_old_one_and_a_box_can_be_switched_off(db, sandbox: SandboxWorld):
    public_id = opened()
    changed = {"base_url": "https://altul.example", "api_key": ""}
    with entered(SystemScope("staff")):
        opening.change(public_id, changed, label="Altul", live=True)
    account = row(public_id)
    assert (account.label, account.live) == ("Altul", True)
    assert account.settings == {"base_url": "https://altul.example", "test_mode": "false"}
    assert json.loads(account.secrets or "") == {"api_key": "cheie-secreta-1"}


def test_the_audit_tells_what_changed_and_no_secret(db, sandbox: SandboxWorld):
    public_id = opened()
    with entered(SystemScope("staff")):
        opening.change(public_id, FORM | {"api_key": "cheie-secreta-2"}, label="Registrul de probă", live=False)
    assert [event.action for event in events()] == ["integrations.account.open", "integrations.account.change"]
    assert events()[1].changes == {"api_key": ["***", "***"]}
    assert "cheie" not in json.dumps([event.changes for event in events()])


@pytest.mark.parametrize(
    ("changes", "field"), [({"base_url": "nowhere"}, "base_url"), ({"api_key": ""}, "api_key"), ({}, "label")]
)
def test_what_is_wrong_stands_beside_its_field(db, sandbox: SandboxWorld, changes: dict[str, str], field: str):
    with entered(SystemScope("staff")), in_locale("en"), pytest.raises(Invalid) as refusal:
        opening.open_account(
            ProviderKind.REGISTRAR, "sandbox", FORM | changes, label="" if field == "label" else "A", live=False
        )
    assert list(refusal.value.fields) == [field]


def test_an_account_of_a_plugin_that_is_not_there_is_refused(db, sandbox: SandboxWorld):
    with entered(SystemScope("staff")), pytest.raises(PluginMissing):
        opening.open_account(ProviderKind.REGISTRAR, "acme", FORM, label="A", live=False)
    gone = providers.make_registrar(sandbox, plugin="gone")
    with entered(SystemScope("staff")), pytest.raises(PluginMissing):
        opening.change(gone.public_id, FORM, label="A", live=False)


def test_an_account_is_switched_off_and_on(db, sandbox: SandboxWorld):
    public_id = opened()
    with entered(SystemScope("staff")):
        opening.switch(public_id, active=False)
        opening.switch(public_id, active=False)
        assert choosing.choices(ProviderKind.REGISTRAR) == ()
        with pytest.raises(UnknownAccount):
            choosing.chosen(ProviderKind.REGISTRAR, public_id)
        opening.switch(public_id, active=True)
        assert choosing.chosen(ProviderKind.REGISTRAR, public_id).label == "Registrul de probă"
        with pytest.raises(UnknownAccount):
            choosing.chosen(ProviderKind.PAYMENT, public_id)
    switched = [event.changes for event in events() if event.action == "integrations.account.switch"]
    assert switched == [{"active": [True, False]}, {"active": [False, True]}]


def test_trying_an_account_out(db, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox)
    with entered(SystemScope("staff")) as session, in_locale("en"):
        session.scalar(select(ProviderAccount.id))
        result = testing.test_connection(account.public_id)
    assert (result.error, result.summary) == (None, "The sandbox answers for the account praho-demo.")
    assert row(account.public_id).tested_at is not None
    assert events()[-1].action == "integrations.account.test"


def test_a_wrong_key_a_wrong_address_and_a_wrong_mode_are_told(db, sandbox: SandboxWorld):
    wrong_key = providers.make_registrar(sandbox, secrets=json.dumps({"api_key": "gresit"}))
    wrong_address = providers.make_registrar(sandbox, settings=providers.elsewhere(closed_address()))
    wrong_mode = providers.make_registrar(sandbox, live=True)
    with entered(SystemScope("staff")), in_locale("en"):
        results = [testing.test_connection(account.public_id) for account in (wrong_key, wrong_address, wrong_mode)]
    assert results[0].error == "The provider refused: the API key is not valid"
    assert str(results[1].error).startswith("The provider could not be reached: no connection to 127.0.0.1")
    assert "one for tests" in str(results[2].error)
    assert row(wrong_key.public_id).test_error == results[0].error


def test_a_change_forgets_what_the_last_trial_said(db, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox)
    with entered(SystemScope("staff")):
        testing.test_connection(account.public_id)
        opening.change(account.public_id, FORM, label="A", live=False)
    assert row(account.public_id).tested_at is None


def test_the_portal_may_choose_from_accounts_and_see_no_settings(live_db, sandbox: SandboxWorld):

    account = providers.make_payment_account(sandbox)
    with entered(CustomerScope(customers.make_customer().id)), unit_of_work():
        assert [choice.public_id for choice in choosing.choices(ProviderKind.PAYMENT)] == [account.public_id]
