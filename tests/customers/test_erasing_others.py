"""Case I16: what is somebody else's stays, however alike it looks; and what comes at the same moment writes nothing."""

import pytest
from sqlalchemy import literal, select

from praho.core import clock, passwords
from praho.core.db.scope import StaffScope, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict
from praho.core.permissions import MemberRole
from praho.core.personal_data import mentions
from praho.core.principal import ActorKind, Principal, acting_as
from praho.customers.errors import StillOpen
from praho.customers.services import erasing, erasure_requests, forgetting, inviting
from praho.integrations.services import personal_data as providers
from praho.models.billing.payments import AttemptState, PaymentAttempt
from praho.models.customers import Customer, CustomerState, ErasureChannel
from praho.models.domains import DomainState
from praho.models.integrations import InboxMessage, InboxState, ProviderKind
from praho.models.users import User, UserSession
from praho.users.services import accounts, signing_in
from praho.users.types import Browser
from tests.factories import catalogue, customers, domains, users
from tests.threads import SECONDS, other_threads, wait_until_blocked

PASSWORD = "o propoziție destul de lungă"


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        pytest.param("ana@x.example", "Ana@X.example a plătit", True, id="I16-address"),
        pytest.param("ana@x.example", '{"payer": "ana@x.example"}', True, id="I16-in-json"),
        pytest.param("ana@x.example", "mariana@x.example", False, id="I16-end-of-an-address"),
        pytest.param("ana@x.example", "ion.ana@x.example", False, id="I16-after-a-point"),
        pytest.param("ana@x.example", "ana@x.example.net", False, id="I16-longer-domain"),
        pytest.param("ail.ro", "GET /domains/mail.ro", False, id="I16-end-of-a-domain"),
        pytest.param("mail.ro", "alt-mail.ro", False, id="I16-after-a-hyphen"),
        pytest.param("mail.ro", "www.mail.ro.", True, id="I16-under-a-domain"),
        pytest.param("0722999111", "10722999111", False, id="I16-longer-number"),
        pytest.param("+40.722999111", "voice=+40.722999111&x", True, id="I16-number-of-a-registry"),
        pytest.param("ion pop", "Ion Popescu", False, id="I16-longer-name"),
        pytest.param("ion pop", "Ion Popă", False, id="I16-longer-name-with-diacritics"),
        pytest.param("ștefan țuță", "Domnul ȘTEFAN ȚUȚĂ sună", True, id="I16-capital-diacritics"),
        pytest.param("ion pop", "nota\\nIon Pop", True, id="I16-escaped-line"),
        pytest.param("a.*b", "axxb", False, id="I16-signs-of-patterns"),
    ],
)
def test_a_text_is_found_whole(db, text, said, found):
    with entered(SystemScope("test")) as session:
        assert session.scalar(select(mentions([text], literal(said)))) is found


def whom(customer):
    with entered(SystemScope("test")):
        return forgetting.whom(customer)


def test_i16_who_was_invited_or_shares_a_name_in_capitals_is_somebody_else(db, app):
    one = customers.make_person(name="Șerban Țuțu", email="serban@unu.example", phone="+40722111222")
    customers.make_person(name="ȘERBAN ȚUȚU", email="altul@client.example")
    helper = users.make_staff(email="ajutor@gazda.example")
    with entered(SystemScope("test")):
        for address in (helper.email, "liber@unu.example"):
            inviting.invite(one.id, address, MemberRole.VIEWER)
    found = whom(one)
    assert found.names == ()
    assert found.addresses == ("liber@unu.example", "serban@unu.example")
    assert helper.email not in found.words


def test_i16_a_first_name_and_a_domain_that_went_on_give_nobody_away(db, app):
    one, other = customers.make_person(name="Marinela", email="m@unu.example"), customers.make_customer()
    registrar = catalogue.make_offline_account(ProviderKind.REGISTRAR)
    for name, holders in (("a-lor.ro", (one, other)), ("a-ei.ro", (one,))):
        for holder in holders:
            domains.make_domain(holder, registrar, name=name, state=DomainState.CANCELLED)
    found = whom(one)
    assert found.names == ()
    assert "a-ei.ro" in found.words
    assert not {"a-lor.ro", "marinela"} & set(found.words)


def test_i16_a_report_of_anothers_payment_stays_whoever_it_names(db, app):
    one = customers.make_person(email="ea@unu.example")
    account = catalogue.make_offline_account(ProviderKind.PAYMENT)
    with entered(SystemScope("test")), unit_of_work() as session:
        for number, event in enumerate(({"payment": {"key": "pat_other"}, "by": one.email}, {"by": one.email})):
            session.add(
                InboxMessage(
                    account_id=account.id, external_id=f"evt_{number}", event=event, body=b"",
                    state=InboxState.HANDLED, received_at=clock.now(),
                )
            )  # fmt: skip
    about = whom(one)
    with entered(SystemScope("test")) as session:
        found = session.scalars(select(InboxMessage.external_id).where(providers.reports(about)))
        assert list(found) == ["evt_1"]


def erased_while(live_db, customer, act):
    """Erase a customer while `act` has begun and waits for the account; raise what it raises."""
    desk = users.make_staff()
    with acting_as(Principal(ActorKind.STAFF, desk.full_name, desk.id)), entered(StaffScope(desk.id)):
        request_id = erasure_requests.record(
            customer.public_id, ErasureChannel.LETTER, clock.today(), form_token="asked"
        )
        with other_threads() as start:
            with unit_of_work():
                erasing.carry_out(request_id)
                late = start(act)
                wait_until_blocked(live_db)
            late.result(SECONDS)


@pytest.mark.parametrize("what", ["name", "sign-in"])
def test_i16_what_comes_while_an_account_is_erased_finds_it_closed(app, live_db, what):
    customer = customers.make_person()
    person = users.make_user(password_hash=passwords.hash_password(PASSWORD))
    customers.make_member(customer, person)

    def change_the_name():
        accounts.change_profile(person.id, full_name="Ion Întors", locale="ro", theme="system")

    def sign_in():
        signing_in.sign_in(person.email, PASSWORD, Browser("192.0.2.7", None))

    with pytest.raises(Conflict):
        erased_while(live_db, customer, {"name": change_the_name, "sign-in": sign_in}[what])
    with entered(SystemScope("test")) as session:
        row = session.get_one(User, person.id)
        assert (row.full_name, row.active) == ("Persoană ștearsă", False)
        assert list(session.scalars(select(UserSession).where(UserSession.user_id == person.id))) == []


def test_i16_money_that_may_still_come_stands_in_the_way(app, live_db):
    customer, desk = customers.make_person(), users.make_staff()
    account = catalogue.make_offline_account(ProviderKind.PAYMENT)
    now = clock.now()
    with entered(SystemScope("test")), unit_of_work() as session:
        session.add(
            PaymentAttempt(
                customer_id=customer.id, account_id=account.id, amount_minor=5_000, currency="RON", request={},
                state=AttemptState.WAITING, created_at=now, ask_at=now,
            )
        )  # fmt: skip
    with acting_as(Principal(ActorKind.STAFF, desk.full_name, desk.id)), entered(StaffScope(desk.id)):
        request_id = erasure_requests.record(customer.public_id, ErasureChannel.LETTER, clock.today(), form_token="x")
        with pytest.raises(StillOpen):
            erasing.carry_out(request_id)
    with entered(SystemScope("test")) as session:
        assert session.get_one(Customer, customer.id).state is CustomerState.ACTIVE
