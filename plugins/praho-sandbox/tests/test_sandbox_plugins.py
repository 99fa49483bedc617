"""What the plugins make of the world's answers, beyond the contract."""

from dataclasses import replace

import pytest

from praho.sdk.dto import PaymentState, Secret
from praho.sdk.errors import ProviderRefused
from praho.sdk.money import Money
from praho.sdk.outcomes import NeedsAction, Reason, Rejected, Succeeded
from praho.sdk.provisioners import CreateRequest
from praho.sdk.registrars import AvailabilityStatus, RegisterRequest
from praho.sdk.testing.contexts import plugin_context
from praho.sdk.testing.registrar_contract import REGISTRANT
from praho.sdk.texts import render
from praho_sandbox import plugin


def request_for(name, years=1):
    return RegisterRequest(name, years, REGISTRANT, ("ns1.exemplu.ro", "ns2.exemplu.ro"))


def test_a_wrong_key_is_an_authentication_refusal(sandbox, api_settings):
    wrong = replace(api_settings, api_key="wrong")
    with pytest.raises(ProviderRefused) as caught:
        plugin.REGISTRAR.build(wrong, plugin_context(wrong)).test_connection()
    assert caught.value.reason is Reason.AUTHENTICATION


def test_the_connection_report_speaks_the_language_of_its_reader(registrar):
    report = registrar.test_connection()
    assert (report.account, report.test_mode) == ("praho-demo", True)
    assert render(report.summary, "ro") == "Mediul de probă răspunde pentru contul praho-demo."


def test_names_of_every_sort(registrar):
    names = ["liber.ro", "ocupat-demult.ro", "rezervat.ro", "premium-nume.com", "not a name", "-x.ro"]
    found = registrar.check_availability(names)
    assert [item.status for item in found] == [
        AvailabilityStatus.AVAILABLE,
        AvailabilityStatus.TAKEN,
        AvailabilityStatus.NOT_ALLOWED,
        AvailabilityStatus.AVAILABLE,
        AvailabilityStatus.NOT_ALLOWED,
        AvailabilityStatus.NOT_ALLOWED,
    ]
    assert [item.premium for item in found] == [False, False, False, True, False, False]
    assert found[3].price == Money(150_000, "EUR")


def test_a_registered_name_is_taken_and_its_buyer_learns_it(registrar):
    assert isinstance(registrar.register(request_for("nou.ro"), "op_1"), Succeeded)
    assert registrar.check_availability(["nou.ro"])[0].status is AvailabilityStatus.TAKEN
    refused = registrar.register(request_for("nou.ro"), "op_2")
    assert isinstance(refused, Rejected)
    assert refused.customer_text is not None
    assert "nou.ro a fost înregistrat" in render(refused.customer_text, "ro")


def test_a_premium_name_is_not_sold_at_the_list_price(registrar):
    with pytest.raises(ProviderRefused) as caught:
        registrar.register(request_for("premium-nume.com"), "op_1")
    assert caught.value.reason is Reason.NOT_ALLOWED


def test_a_key_stands_for_one_request(registrar, sandbox):
    registrar.register(request_for("unu.ro"), "op_1")
    with pytest.raises(ProviderRefused) as caught:
        registrar.register(request_for("doi.ro"), "op_1")
    assert caught.value.reason is Reason.KEY_REUSED
    assert [row["name"] for row in sandbox.domains()] == ["unu.ro"]


def test_a_refusal_is_not_remembered_under_its_key(registrar, sandbox):
    sandbox.arm("domains.register", "refuse")
    with pytest.raises(ProviderRefused):
        registrar.register(request_for("nou.ro"), "op_1")
    assert isinstance(registrar.register(request_for("nou.ro"), "op_1"), Succeeded)


def test_accounts_get_user_names_of_their_own(provisioner):
    names = []
    for domain in ("exemplu-lung-de-tot.ro", "exemplu-lung-de-tot.com", "24ore.ro"):
        request = CreateRequest(domain, "start", "ana@exemplu.ro", Secret("o-parolă-bună"))
        names.append(provisioner.create_account(request, f"svc_{domain}").value.account.username)
    assert names == ["exemplul", "exemplul2", "u24ore"]


def test_a_hosted_domain_is_not_hosted_twice(provisioner):
    request = CreateRequest("exemplu.ro", "start", "ana@exemplu.ro", Secret("o-parolă-bună"))
    provisioner.create_account(request, "svc_1")
    with pytest.raises(ProviderRefused) as caught:
        provisioner.create_account(request, "svc_2")
    assert caught.value.reason is Reason.TAKEN


def test_the_customer_s_way_in_exists(provisioner, sandbox):
    request = CreateRequest("exemplu.ro", "start", "ana@exemplu.ro", Secret("o-parolă-bună"))
    account = provisioner.create_account(request, "svc_1").value.account
    page = sandbox.client.get(account.login_url)
    assert page.status_code == 200
    assert "exemplu.ro" in page.text


def test_a_declined_payment_says_why_in_the_reader_s_language(bank, sandbox, payment):
    assert isinstance(bank.start(payment, "att_1"), NeedsAction)
    sandbox.pay("att_1", failure="insufficient_funds")
    found = bank.lookup("att_1")
    assert found.state is PaymentState.FAILED
    assert render(found.failure, "ro") == "Banca a refuzat plata: cardul nu are fonduri suficiente."


def test_a_paid_payment_cannot_be_declined_afterwards(bank, sandbox, payment):
    bank.start(payment, "att_1")
    sandbox.pay("att_1")
    sandbox.pay("att_1", failure="insufficient_funds")
    assert bank.lookup("att_1").state is PaymentState.SUCCEEDED
