"""Answers of provisioners that make no sense are not believed."""

from datetime import UTC, datetime
from typing import Any

import pytest

from praho.provisioning import gateways
from praho.sdk.dto import Secret
from praho.sdk.errors import OutcomeUnknown
from praho.sdk.outcomes import Outcome, Reason, Rejected, Succeeded, Unknown
from praho.sdk.provisioners import Account, CreatedAccount, CreateRequest

REQUEST = CreateRequest("exemplu.ro", "standard", "contact@exemplu.ro", Secret("aleasa de noi"))


def account(domain: str = "exemplu.ro", username: str = "exemplu", account_id: str = "A1") -> Account:
    return Account(account_id, username, domain, "standard", "https://panel.example", datetime(2026, 3, 2, tzinfo=UTC))


class Provisioner:
    """A plugin that gives the answers it is told, each key its own."""

    def __init__(self, answer: Any = None, accounts: dict[str, Any] | None = None) -> None:
        self.answer = answer
        self.accounts = accounts or {}

    def create_account(self, _request: CreateRequest, _key: str) -> Outcome[CreatedAccount]:
        return self.answer

    def find_account(self, key: str) -> Any:
        return self.accounts.get(key)


@pytest.mark.parametrize(
    "answer",
    [
        CreatedAccount(account("altul.ro"), Secret("x")),
        CreatedAccount(account(username=""), Secret("x")),
        CreatedAccount(account(account_id=""), Secret("x")),
        CreatedAccount(account(), "in clear"),
        CreatedAccount("an account", Secret("x")),
        account(),
        None,
    ],
)
def test_a_success_about_something_else_is_unknown(answer: Any):
    assert isinstance(gateways.create(Provisioner(Succeeded(answer)), REQUEST, "op_1"), Unknown)


def test_the_provider_s_own_password_is_the_one_that_holds():
    made = gateways.create(Provisioner(Succeeded(CreatedAccount(account("Exemplu.RO"), Secret("a lui")))), REQUEST, "k")
    assert isinstance(made, Succeeded)
    assert made.value.password == Secret("a lui")


def test_a_refusal_is_passed_on():
    refusal = Rejected(Reason.TAKEN, "hosted here already")
    assert gateways.create(Provisioner(refusal), REQUEST, "op_1") is refusal


def test_the_newest_of_our_keys_that_the_provider_knows_counts():
    found = gateways.find(Provisioner(accounts={"op_1": account()}), "exemplu.ro", ("op_2", "op_1"))
    assert found == gateways.Created(account(), None)
    assert gateways.find(Provisioner(), "exemplu.ro", ("op_2", "op_1")) is None
    with pytest.raises(OutcomeUnknown):
        gateways.find(Provisioner(accounts={"op_2": account("altul.ro")}), "exemplu.ro", ("op_2",))
