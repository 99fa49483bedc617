"""e-Factura in the admin: the list by parts, a document's panel, correcting a rejected one, the seal for the buyer."""

import pytest
from sqlalchemy import update

from praho.billing.efactura.services.policy import SEND_FROM
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.permissions import StaffRole
from praho.models.billing.documents import FileKind
from praho.models.billing.efactura_sending import SubmissionState
from praho.models.customers import CustomerAddress
from tests.billing.efactura.sending import connected, go_on, invoice, stored, way, ways
from tests.factories import billing, customers, users

LIST = "/admin/efactura"


@pytest.fixture
def clerk(app, reached_anaf, another_visitor):
    with app.app_context():
        connected(reached_anaf)
        yield another_visitor().sign_in(users.make_staff(StaffRole.BILLING))


def numbers(page):
    return [text.strip() for text in page.tree.xpath("//main//td[contains(@class, 'cell-title')]/a/text()")]


def test_from_rejected_to_accepted(clerk, reached_anaf, another_visitor):
    buyer = customers.make_customer()
    member = users.make_user()
    customers.make_member(buyer, member)
    reached_anaf.reject("E: validari globale <b>eroare</b> regula: BR-RO-100")
    document = invoice(buyer)
    page = clerk.get(LIST)
    assert numbers(page) == ["EXF0001"]
    assert page.tree.xpath("//main//a[@href='/admin/anaf']"), "what the test service accepts is not filed"
    go_on(document, times=2)
    assert numbers(clerk.get(LIST)) == []
    page = clerk.get(f"{LIST}?part=rejected&q=exf")
    assert numbers(page) == ["EXF0001"]
    assert "<b>eroare</b> regula: BR-RO-100" in page.text

    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(update(CustomerAddress).values(street="Strada Corectă 7"))
    page = clerk.get(f"/admin/documents/{document}/credit")
    assert f"/admin/documents/{document}/efactura/correct" in page.body
    page = clerk.get(f"/admin/documents/{document}/efactura/correct")
    assert "Strada Corectă 7" in page.text
    assert clerk.submit(page, {"reason": ""}, action="/correct").status == 422
    page = clerk.submit(page, {"reason": "Strada era alta"}, action="/correct")
    assert "Strada era alta" in page.text
    assert f"/admin/documents/{document}/xml?revision=0" in page.body
    first = clerk.client.get(f"/admin/documents/{document}/xml?revision=0")
    assert first.data == stored(document, FileKind.XML, 0).content
    assert clerk.client.get(f"/admin/documents/{document}/xml?revision=7").status_code == 404

    go_on(document, times=2)
    assert numbers(clerk.get(f"{LIST}?part=accepted")) == ["EXF0001"]
    sealed = clerk.client.get(f"/admin/documents/{document}/sealed")
    assert sealed.data == stored(document, FileKind.SEALED).content
    owner = another_visitor().sign_in(member)
    mine = owner.get(f"/portal/{buyer.public_id}/documents/{document}")
    assert "EXF0001-anaf.zip" in mine.text
    stranger = users.make_user()
    other = customers.make_customer()
    customers.make_member(other, stranger)
    elsewhere = f"/portal/{other.public_id}/documents/{document}/sealed"
    assert another_visitor().sign_in(stranger).client.get(elsewhere).status_code == 404


def test_a_document_is_hurried_or_begun_by_hand(clerk):
    document = invoice()
    page = clerk.get(f"/admin/documents/{document}")
    clerk.submit(page, action="/efactura/now")
    assert go_on(document).state is SubmissionState.SENT
    billing.set_setting(SEND_FROM, "2999-12-31")
    second = invoice()
    page = clerk.get(f"/admin/documents/{second}")
    clerk.submit(page, action=f"/documents/{second}/efactura")
    assert [row.state for row in ways(second)] == [SubmissionState.WAITING]
    assert way(second).revision == 0
