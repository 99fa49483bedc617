"""Whatever happens in whatever order: the account is documents less money, nothing is given twice, nothing is lost."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from praho.billing.documents.services import asking, proformas
from praho.billing.documents.services.advances import Delivery
from praho.billing.payments.services import advances, balances, crediting, ledger_check, write_offs
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.errors import PrahoError
from praho.core.web.form_tokens import new_form_token
from praho.models.billing.documents import Document, DocumentKind, DocumentState
from praho.models.billing.payments import ParkedPayment, Payment, Refund, WriteOff
from praho.models.customers import Customer
from tests.billing.payments import money
from tests.factories import billing, customers

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("ask", "pay", "pay", "spread", "use", "write_off", "undo", "credit", "correct", "cancel", "refund"),
                *("deliver", "pay_invoice"),
            ]
        ),
        st.integers(0, 3),
        st.integers(1, 30_000),
    ),
    min_size=4,
    max_size=12,
)


def _invoices_of(customer: Customer) -> list[Document]:
    return [row for row in billing.documents(DocumentKind.INVOICE) if row.customer_id == customer.id]


class Life:
    """One customer's proformas, and money that comes and goes as the steps say."""

    def __init__(self) -> None:
        self.buyer = customers.make_customer()
        self.asked = [billing.make_proforma(self.buyer)]
        self.written_off: list[str] = []
        self.came = 0

    def step(self, what: str, which: int, minor: int) -> None:
        proforma = self.asked[which % len(self.asked)]
        with entered(SystemScope("test")):
            getattr(self, what)(proforma, minor)

    def ask(self, _proforma: str, minor: int) -> None:
        self.asked.append(billing.make_proforma(self.buyer, minor))

    def pay(self, proforma: str, minor: int) -> None:
        self.came += minor
        money.pay(proforma, minor)

    def spread(self, proforma: str, minor: int) -> None:
        self.came += 2 * minor
        others = [other for other in self.asked if other != proforma]
        money.arrive(self.buyer, 2 * minor, *((other, minor) for other in (proforma, *others[:1])))

    def use(self, proforma: str, _minor: int) -> None:
        balances.pay([proforma], form_token=new_form_token())

    def write_off(self, proforma: str, _minor: int) -> None:
        self.written_off.append(
            write_offs.write_off(proforma, money.left(proforma), "Rest", form_token=new_form_token())
        )

    def undo(self, _proforma: str, _minor: int) -> None:
        for written in self.written_off[-1:]:
            write_offs.undo(written, "Totuși", form_token=new_form_token())

    def credit(self, _proforma: str, _minor: int) -> None:
        for invoice in _invoices_of(self.buyer)[:1]:
            crediting.issue(invoice.public_id, None, "Renunțare", form_token=new_form_token())

    def correct(self, _proforma: str, _minor: int) -> None:
        for invoice in _invoices_of(self.buyer)[-1:]:
            crediting.correct(invoice.public_id, "Adresa", form_token=new_form_token())

    def cancel(self, proforma: str, _minor: int) -> None:
        proformas.cancel(proforma, "nu mai vrea")

    def deliver(self, _proforma: str, minor: int) -> None:
        """An advance is asked for and paid, and taken back by the invoice of a delivery that costs more."""
        asked = advances.ask(self.buyer.id, "Server", money.lei(1_000), form_token=new_form_token())
        self.pay(asked, 1_210)
        advance = _invoices_of(self.buyer)[-1].public_id
        delivery = Delivery("Server", 1_000 + minor, clock.today())
        final = advances.take_back(advance, delivery, None, form_token=new_form_token())
        proforma = asking.found(final)
        assert proforma is not None
        self.asked += [asked, proforma.public_id]

    def pay_invoice(self, _proforma: str, minor: int) -> None:
        for invoice in _invoices_of(self.buyer)[-1:]:
            self.pay(invoice.public_id, minor)

    def refund(self, _proforma: str, minor: int) -> None:
        balances.refund(self.buyer.id, money.lei(minor), clock.today(), "OP", form_token=new_form_token())

    def owed_on_invoices(self) -> int:
        """Return what is left to pay of proformas that were invoiced: deliveries, write-offs that were undone."""
        with entered(SystemScope("test")) as session:
            invoiced = set(session.scalars(select(Document.source_id).where(Document.kind == DocumentKind.INVOICE)))
        rows = [billing.document(proforma) for proforma in self.asked]
        return sum(row.total_minor - row.settled_minor for row in rows if row.id in invoiced)


def _sums(life):
    """Return what came, what was parked, what was sent back, and what the invoices less credit notes ask for."""
    wanted = (
        select(func.coalesce(func.sum(Payment.amount_minor), 0)).where(Payment.customer_id == life.buyer.id),
        select(func.coalesce(func.sum(ParkedPayment.amount_minor), 0)).where(
            ParkedPayment.customer_id == life.buyer.id
        ),
        select(func.coalesce(func.sum(Refund.amount_minor), 0)).where(Refund.customer_id == life.buyer.id),
        select(func.coalesce(func.sum(Document.total_minor), 0)).where(
            Document.customer_id == life.buyer.id, Document.kind != DocumentKind.PROFORMA
        ),
        select(func.coalesce(func.sum(WriteOff.amount_minor), 0)).where(
            WriteOff.customer_id == life.buyer.id, WriteOff.undone_at.is_(None)
        ),
        select(func.coalesce(func.sum(Document.settled_minor), 0)).where(
            Document.customer_id == life.buyer.id,
            Document.kind == DocumentKind.PROFORMA,
            Document.state.in_((DocumentState.OPEN, DocumentState.PAID)),
            ~Document.id.in_(select(Document.source_id).where(Document.kind == DocumentKind.INVOICE)),
        ),
    )
    with entered(SystemScope("test")) as session:
        return [int(session.execute(statement).scalar_one()) for statement in wanted]


@pytest.mark.usefixtures("domains", "db")
def test_whatever_happens_every_ban_is_accounted_for():
    billing.make_seller()
    billing.make_series("EXS", kind=DocumentKind.CREDIT_NOTE)

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def lived(steps):
        life = Life()
        for step in steps:
            with contextlib.suppress(PrahoError):
                life.step(*step)
        came, parked, sent_back, invoiced, renounced, ahead = _sums(life)
        assert came + parked == life.came
        assert money.owed(life.buyer) == invoiced - came + sent_back - renounced
        assert 0 <= money.balance(life.buyer) == -money.owed(life.buyer) - ahead + life.owed_on_invoices()
        with entered(SystemScope("test")):
            assert ledger_check.run() == 0, ledger_check.findings()

    lived()
