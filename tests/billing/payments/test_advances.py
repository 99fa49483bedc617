"""Advances: invoiced when paid, taken back once and at their own rate by the invoice of the delivery (case C4)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from praho.billing import errors
from praho.billing.documents import snapshot_json
from praho.billing.documents.pdf import content as printed
from praho.billing.documents.services import advances as documents
from praho.billing.documents.services import proformas
from praho.billing.efactura import builder, validator
from praho.billing.payments.services import advances, crediting
from praho.core import clock, i18n
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, Invalid, NotFound
from praho.core.money import Money
from praho.core.web.form_tokens import new_form_token
from praho.models.billing.advances import AdvanceUse
from praho.models.billing.documents import DocumentKind, DocumentState
from praho.models.billing.payments import LedgerEntry
from tests.factories import billing, customers

pytestmark = pytest.mark.usefixtures("db", "domains")
JULY, AUGUST = date(2025, 7, 20), date(2025, 8, 5)


@pytest.fixture
def buyer():
    billing.make_seller()
    billing.make_series("EXS", kind=DocumentKind.CREDIT_NOTE)
    return customers.make_customer()


def paid_advance(buyer, net_minor=10_000, currency="RON"):
    """An advance that was asked for and paid today; the public id of its invoice."""
    with entered(SystemScope("test")):
        asked = advances.ask(buyer.id, "Server dedicat", Money(net_minor, currency), form_token=new_form_token())
    billing.settle(asked)
    proforma = billing.document(asked)
    return next(row.public_id for row in billing.documents(DocumentKind.INVOICE) if row.source_id == proforma.id)


def taken_back(advance, net_minor=10_000, on=None, part=None, token=None):
    with entered(SystemScope("test")):
        delivery = documents.Delivery("Server dedicat, configurat", net_minor, on or clock.today())
        return advances.take_back(advance, delivery, part, form_token=token or new_form_token())


def content_of(public_id):
    return snapshot_json.from_json(billing.document(public_id).snapshot)


def left_of(advance):
    with entered(SystemScope("test")):
        one = documents.of_document(advance)
        return one.net_left.minor, one.gross_left.minor


def owed():
    with entered(SystemScope("test")) as session:
        return session.scalar(select(func.sum(LedgerEntry.amount_minor)))


@pytest.fixture
def july_advance(buyer, move_clock):
    move_clock(datetime(2025, 7, 20, 9, tzinfo=UTC))
    return paid_advance(buyer)


@pytest.fixture
def advance(buyer):
    return paid_advance(buyer)


class TestC4:
    @pytest.fixture
    def final(self, july_advance, move_clock):
        move_clock(datetime(2025, 8, 5, 9, tzinfo=UTC))
        return content_of(taken_back(july_advance))

    def test_c4_the_advance_goes_back_at_19_and_the_delivery_is_charged_at_21(self, final, july_advance):
        assert content_of(july_advance).totals.total_minor == 11_900
        assert [(str(row.rate), row.net_minor, row.vat_minor) for row in final.subtotals] == [
            ("19", -10_000, -1_900),
            ("21", 10_000, 2_100),
        ]
        assert (final.totals.net_minor, final.totals.vat_minor, final.totals.total_minor) == (0, 200, 200)
        assert (final.tax_point, owed()) == (AUGUST, 200)

    def test_c4_what_is_left_is_asked_for_by_a_proforma_whose_invoice_is_there(self, final):
        [asked] = [row for row in billing.documents(DocumentKind.PROFORMA) if row.state is DocumentState.OPEN]
        assert asked.total_minor == 200
        billing.settle(asked.public_id)
        assert owed() == 0
        assert len(billing.documents(DocumentKind.INVOICE)) == 2

    def test_c4_passes_e_facturas_rules_and_names_the_advance(self, final, july_advance):
        number = billing.document(july_advance).number_text
        xml = builder.build(final)
        assert validator.validate(xml, today=AUGUST) == ()
        assert f"<cbc:ID>{number}</cbc:ID>" in xml.decode()

    def test_c4_the_printed_invoice_names_the_advance(self, final, july_advance):
        with i18n.in_locale("ro"):
            texts = printed.of(final, "ro")
            title = printed.of(content_of(july_advance), "ro")["title"]
        assert title == "Factură de avans"
        number = billing.document(july_advance).number_text
        assert f"Regularizează avansul din factura {number} din 20.07.2025." in texts["notes"]


def test_a_part_is_taken_back_and_the_rest_later(advance):
    taken_back(advance, 4_000, part=4_000)
    assert left_of(advance) == (6_000, 7_260)
    taken_back(advance, 9_000)
    assert left_of(advance) == (0, 0)
    assert owed() == 3_630


def test_the_last_part_takes_the_roundings(buyer):
    advance = paid_advance(buyer, 3_333)
    for part in (1_111, 1_111, None):
        taken_back(advance, 1_111, part=part)
    assert left_of(advance)[0] == 0
    assert owed() == 0


def test_a_delivery_that_costs_what_was_paid_is_invoiced_with_nothing_to_pay(advance):
    final = billing.document(taken_back(advance))
    assert (final.total_minor, final.source_id) == (0, None)
    assert validator.validate(builder.build(content_of(final.public_id)), today=clock.today()) == ()


@pytest.mark.parametrize("part", [0, -1, 10_001])
def test_more_than_is_left_is_refused(advance, part):
    with pytest.raises(errors.AdvanceRefused):
        taken_back(advance, 50_000, part=part)


def test_an_advance_is_taken_back_once(advance):
    taken_back(advance)
    with pytest.raises(errors.AdvanceRefused):
        taken_back(advance)


def test_the_database_refuses_a_second_taking_from_the_same_point(advance):
    taken_back(advance, 4_000, part=4_000)
    with entered(SystemScope("test")) as session:
        use = session.scalars(select(AdvanceUse)).one()
        values = {name: getattr(use, name) for name in ("customer_id", "advance_id", "net_minor", "vat_minor")}
    other = billing.document(advance)
    with pytest.raises(IntegrityError), entered(SystemScope("test")), unit_of_work() as session:
        session.add(AdvanceUse(**values, document_id=other.id, before_minor=0, created_at=clock.now()))


def test_a_form_sent_twice_takes_back_once(advance):
    token = new_form_token()
    assert taken_back(advance, token=token) == taken_back(advance, token=token)


def test_what_costs_less_than_the_advance_is_refused(advance):
    with pytest.raises(errors.AdvanceRefused):
        taken_back(advance, 9_999)


def test_an_invoice_that_is_no_advance_has_nothing_to_take_back(buyer):
    invoice = billing.make_invoice(buyer)
    with pytest.raises(errors.AdvanceRefused):
        taken_back(invoice)
    with pytest.raises(NotFound):
        left_of(invoice)


def test_a_day_that_has_not_come_is_refused(advance):
    with pytest.raises(Invalid):
        taken_back(advance, on=date(2099, 1, 1))


def credited(invoice):
    with entered(SystemScope("test")):
        return crediting.issue(invoice, None, "Renunțare", form_token=new_form_token())


def test_an_advance_that_was_taken_back_is_not_credited_but_its_invoice_is(advance):
    final = taken_back(advance, 12_000)
    with pytest.raises(errors.CreditRefused, match=billing.document(final).number_text):
        credited(advance)
    credited(final)
    assert left_of(advance) == (10_000, 12_100)
    credited(advance)
    assert left_of(advance) == (0, 0)


def test_the_proforma_of_an_issued_invoice_is_not_cancelled(advance):
    taken_back(advance, 12_000)
    [asked] = [row for row in billing.documents(DocumentKind.PROFORMA) if row.state is DocumentState.OPEN]
    with pytest.raises(Conflict), entered(SystemScope("test")):
        proformas.cancel(asked.public_id, "Renunțare")


def test_an_advance_in_euro_keeps_its_rate_in_the_vat_in_lei(buyer, move_clock):
    billing.sell_in_euro("5.0000")
    advance = paid_advance(buyer, currency="EUR")
    billing.keep_rate("5.1000", clock.today())
    move_clock(clock.now() + timedelta(days=1))
    final = content_of(taken_back(advance, 20_000))
    assert final.vat_in_lei_minor == 21_420 - 10_500
    assert validator.validate(builder.build(final), today=clock.today()) == ()
