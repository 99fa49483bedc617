"""The admin's pages that cross domains: what they compose, for whom, and at what price."""

import pytest
from sqlalchemy import update

from praho.admin import pages
from praho.billing.payments.services import settlement
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.permissions import StaffRole
from praho.customers.services import finding
from praho.models.billing.documents import Document
from praho.models.billing.payments import PaymentMethod
from praho.models.customers import Customer
from praho.models.notifications import Message, MessageState
from tests.factories import billing, catalogue, customers, domains, orders, services, users
from tests.factories.copies import copy_rows


@pytest.fixture
def trade(app):
    """A customer with a paid order, documents, a service and a domain."""
    billing.make_seller()
    registrar = catalogue.make_offline_account(catalogue.ProviderKind.REGISTRAR)
    provisioner = catalogue.make_offline_account(catalogue.ProviderKind.PROVISIONER)
    plan = catalogue.make_plan(provisioner)
    catalogue.make_priced_tld("ro", registrar)
    customer = customers.make_customer(name="Țiglăria Șerban S.R.L.", email="birou@tiglaria.example")
    with entered(SystemScope("test")), unit_of_work() as session:
        finding.refresh(session.get_one(Customer, customer.id))
    with entered(SystemScope("test")):
        placed = orders.make_order(customer, plan, ["tigle-serban.ro"])
    services.make_service(customer, provisioner, plan, label="Găzduire Țigle", domain_name="tigle-vechi.ro")
    domains.make_domain(customer, registrar, name="acoperis-serban.ro")
    with entered(SystemScope("test")) as session:
        proforma = session.query(Document).filter_by(subject_id=placed).one()
    with entered(SystemScope("test")):
        settlement.settle(
            settlement.Receipt(
                proforma.public_id,
                PaymentMethod.BANK_TRANSFER,
                proforma.total_minor,
                "RON",
                clock.today(),
                "OP 1",
            )
        )
    return customer, placed, proforma


@pytest.fixture
def staff(app, another_visitor):
    return lambda role=StaffRole.ADMIN: another_visitor().sign_in(users.make_staff(role))


class TestTheSearch:
    @pytest.mark.parametrize(
        "typed", ["țiglăria", "TIGLARIA", "serb", "Șerb", "birou@tigl", "tiglaria.example", "tigla serban"]
    )
    def test_people_are_found_however_they_are_written(self, trade, staff, typed):
        assert "Țiglăria Șerban S.R.L." in staff().get(f"/admin/search?q={typed}").text

    def test_what_they_have_is_found_by_what_it_is_called(self, trade, staff):
        customer, placed, proforma = trade
        admin = staff()
        expected = {
            customer.cui: f"/admin/customers/{customer.public_id}",
            f"RO{customer.cui}": f"/admin/customers/{customer.public_id}",
            proforma.number_text: f"/admin/documents/{proforma.public_id}",
            "EXF0001": "/admin/documents/inv_",
            orders.order(placed).number: f"/admin/orders/{placed}",
            "acoperis": "/admin/domains/dom_",
            "acoperiș": "/admin/domains/dom_",
            "tigle-vechi": "/admin/services/svc_",
            "găzduire țigle": "/admin/services/svc_",
        }
        for typed, address in expected.items():
            page = admin.get(f"/admin/search?q={typed}")
            assert any(link.startswith(address) for link in page.tree.xpath("//main//a/@href")), typed

    def test_an_empty_question_and_an_empty_answer_say_so(self, trade, staff):
        admin = staff()
        for asked in ("/admin/search", "/admin/search?q=%20"):
            addresses = admin.get(asked).tree.xpath("//main//a[@data-hit]/@href")
            assert {"/admin/customers", "/admin/jobs", "/admin/customers/new"} <= set(addresses)
        nothing = admin.get("/admin/search?q=<b>xyzzy</b>")
        assert not nothing.tree.xpath("//main//a[@data-hit]")
        assert "<b>xyzzy" not in nothing.body

    def test_pages_and_actions_are_found_by_their_names_by_those_who_may(self, staff):
        admin = staff()
        assert admin.get("/admin/search?q=client%20nou").tree.xpath(
            "//main//a[@href='/admin/customers/new'][@data-hit]"
        )
        assert admin.get("/admin/search?q=sarc").tree.xpath("//main//a[@href='/admin/jobs'][@data-hit]")
        technician = staff(StaffRole.TECHNICIAN)
        assert not technician.get("/admin/search?q=client%20nou").leads_to("/admin/customers/new")

    def test_a_fragment_is_the_hits_alone(self, trade, staff):
        answer = staff().client.get("/admin/search?q=serban", headers={"HX-Request": "true"})
        assert "<html" not in answer.text
        assert "Țiglăria" in answer.text
        assert "HX-Request" in answer.headers["Vary"]

    def test_nobody_finds_what_they_may_not_see(self, trade, staff):
        _customer, _placed, proforma = trade
        assert proforma.number_text in staff(StaffRole.SUPPORT).get(f"/admin/search?q={proforma.number_text}").text
        page = staff(StaffRole.TECHNICIAN).get(f"/admin/search?q={proforma.number_text}")
        assert not page.leads_to(proforma.public_id)

    def test_it_keeps_its_budget(self, live_db, trade, staff, queries_of):
        admin = staff()
        few = queries_of(admin, "/admin/search?q=tigl")
        with live_db.as_owner() as connection:
            copy_rows(connection, "customers_customer", 200)
        assert queries_of(admin, "/admin/search?q=tigl") == few <= pages.QUERY_BUDGETS["admin.search"] <= 8


class TestACustomer:
    def test_everything_around_them_is_there(self, trade, staff):
        customer, placed, proforma = trade
        page = staff().get(f"/admin/customers/{customer.public_id}")

        for words in ("Țiglăria Șerban S.R.L.", "birou@tiglaria.example", proforma.number_text, "EXF0001"):
            assert words in page.text
        for address in (f"/admin/orders/{placed}", f"/admin/documents/{proforma.public_id}"):
            assert page.leads_to(address)
        assert page.tree.xpath("//main//a[contains(@href, '/admin/services/svc_')]")
        assert page.tree.xpath("//main//a[contains(@href, '/admin/domains/dom_')]")

    def test_their_life_is_told_newest_first(self, trade, staff, run_jobs):
        customer, _placed, proforma = trade
        run_jobs()
        admin = staff()
        address = f"/admin/customers/{customer.public_id}/timeline"

        text = admin.get(address).text
        assert text.index("EXF0001") < text.index(proforma.number_text)
        assert "birou@tiglaria.example" in text
        fragment = admin.client.get(address, headers={"HX-Request": "true"})
        assert "<html" not in fragment.text
        assert "EXF0001" in fragment.text

    def test_a_new_customer_has_no_life_yet(self, staff):
        customer = customers.make_customer()
        admin = staff()
        assert admin.get(f"/admin/customers/{customer.public_id}").status == 200
        assert "Încă nu s-a întâmplat nimic" in admin.get(f"/admin/customers/{customer.public_id}/timeline").text

    def test_who_may_not_see_money_sees_the_rest(self, trade, staff):
        customer, _placed, _proforma = trade
        technician = staff(StaffRole.TECHNICIAN)
        page = technician.get(f"/admin/customers/{customer.public_id}")
        assert page.status == 200
        assert "EXF0001" not in page.text
        assert page.tree.xpath("//main//a[contains(@href, '/admin/services/svc_')]")
        assert "EXF0001" not in technician.get(f"/admin/customers/{customer.public_id}/timeline").text

    def test_a_customer_that_is_not_there_is_not_found(self, staff):
        admin = staff()
        assert admin.get("/admin/customers/cus_nobody").status == 404
        assert admin.get("/admin/customers/cus_nobody/timeline").status == 404

    def test_it_keeps_its_budget(self, live_db, trade, staff, queries_of):
        customer, _placed, _proforma = trade
        admin, address = staff(), f"/admin/customers/{customer.public_id}"
        few = [queries_of(admin, path) for path in (address, f"{address}/timeline")]
        with live_db.as_owner() as connection:
            copy_rows(connection, "billing_document", 200, source_id=None, series_id=None, kind="proforma")
            copy_rows(connection, "orders_order", 200, proforma_id=None, state="cancelled")
        many = [queries_of(admin, path) for path in (address, f"{address}/timeline")]
        assert many == few
        assert few[0] <= pages.QUERY_BUDGETS["admin.customer"] <= 12
        assert few[1] <= pages.QUERY_BUDGETS["admin.customer_timeline"] <= 12


class TestMails:
    @pytest.fixture
    def sent(self, trade, run_jobs):
        run_jobs()
        with entered(SystemScope("test")) as session:
            return session.query(Message).order_by(Message.id).all()

    def test_they_are_listed_by_state_and_recipient(self, sent, staff):
        admin = staff()
        assert sent[0].subject in admin.get("/admin/messages").text
        assert sent[0].subject in admin.get("/admin/messages?state=sent&q=BIROU@tiglaria.example").text
        assert "Nu s-a găsit nimic" in admin.get("/admin/messages?state=failed").text
        assert "Nu s-a găsit nimic" in admin.get("/admin/messages?q=birou").text

    def test_a_mail_reads_as_it_was_sent_and_a_refused_one_goes_again(self, sent, staff, run_jobs):
        mail = sent[0]
        admin = staff()
        page = admin.get(f"/admin/messages/{mail.public_id}")
        assert mail.subject in page.text
        assert mail.message_id in page.text
        assert not page.leads_to("/resend")
        with entered(SystemScope("test")), unit_of_work() as session:
            session.execute(
                update(Message).where(Message.id == mail.id).values(state=MessageState.FAILED, error="550 no such user")
            )

        page = admin.get(f"/admin/messages/{mail.public_id}")
        assert "550 no such user" in page.text
        admin.submit(page, action="/resend")
        run_jobs()

        with entered(SystemScope("test")) as session:
            assert session.get(Message, mail.id).state is MessageState.SENT

    def test_no_secret_is_shown(self, staff, app, run_jobs):
        from praho.core.contributions import Recipient
        from praho.notifications.services import sending

        recipient = Recipient("ana@client.example", "Ana", "ro")
        with entered(SystemScope("test")), unit_of_work():
            sending.send("users/reset_password", "o1", recipient, {}, secrets={"token": "tok-very-secret"})
        with entered(SystemScope("test")) as session:
            [mail] = session.query(Message).all()
        admin = staff()
        for _ in range(2):
            page = admin.get(f"/admin/messages/{mail.public_id}")
            assert page.status == 200
            assert "tok-very-secret" not in page.body
            assert "/account/reset-password/" in page.body
            run_jobs()

    def test_it_keeps_its_budget(self, live_db, sent, staff, queries_of):
        admin = staff()
        few = queries_of(admin, "/admin/messages")
        with live_db.as_owner() as connection:
            copy_rows(connection, "notifications_message", 200)
        assert queries_of(admin, "/admin/messages") == few <= 12
