"""What the builder writes, the validator accepts: a corpus of cases, then whatever hypothesis thinks of."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from praho.billing import types
from praho.billing.documents import snapshot
from praho.billing.efactura import builder, texts, validator
from praho.billing.tax import exchange
from praho.core.identifiers import counties
from tests.billing import samples

TODAY = date(2026, 11, 22)
draft, document, paid = samples.draft, samples.document, samples.paid
TRANSITION = {"issue_date": date(2025, 8, 4), "tax_point": date(2025, 8, 4), "due_date": date(2025, 8, 20)}
ODD = "ȘTEFAN & FIII <S.R.L.> 😀 \u0001ş]]>&amp;"
LONG = "Găzduire web cu un nume fără sfârșit " * 40
PROFORMA = snapshot.Reference(snapshot.ReferenceKind.PROFORMA, "PRF-000017", date(2026, 10, 1))

CORPUS = {
    "company": document(),
    "company without VAT": document(buyer=samples.COMPANY_WITHOUT_VAT),
    "person": document(buyer=samples.PERSON),
    "person with a code": document(buyer=replace(samples.PERSON, personal_id="1630615123457")),
    "paid by card": paid(document(buyer=samples.PERSON)),
    "paid online": paid(document(), types.PaymentMethod.ONLINE),
    "paid by transfer": paid(document(), types.PaymentMethod.BANK_TRANSFER),
    "paid in cash": paid(document(), types.PaymentMethod.CASH),
    "paid in part": document(payments=(samples.payment(100), samples.payment(1))),
    "paid in two": document(payments=(samples.payment(35000), samples.payment(668))),
    "paid late": paid(document(due_date=date(2026, 10, 5))),
    "D1 seven small ones": document([draft("x", "0.33", "7")]),
    "D2 ten lines": document([draft(f"Linia {number}", "4.99") for number in range(10)]),
    "D3 traffic": document([draft("Trafic", "0.37", "13.5", unit_code="E34")]),
    "D5 half a ban": document([draft("x", "2.50")]),
    "D11 four thousandths": document([draft("x", "0.004", "1000")]),
    "D14 a line's discount": document([draft("x", "9.95", discount_minor=100)]),
    "D15 two rates with a discount": document(
        [draft("Iulie", "100", rate=Decimal(19)), draft("August", "100")], discount_minor=1001, **TRANSITION
    ),
    "C1 July 2025": document(
        [draft("x", "10", rate=Decimal(19))],
        issue_date=date(2025, 7, 31),
        tax_point=date(2025, 7, 31),
        due_date=date(2025, 7, 31),
    ),
    "C6 two rates": document([draft("Iulie", "100", rate=Decimal(19)), draft("August", "100")], **TRANSITION),
    "C26 free": document([draft("Gratuit", "0")]),
    "free by discount": document([draft("x", "10", discount_minor=1000)]),
    "discounted to nothing": document([draft("x", "10")], discount_minor=1000),
    "another tax point": document(tax_point=date(2026, 9, 30)),
    "usage by the million": document([draft("x", "0.0001", "1000000")]),
    "a mixed-sign document": document([draft("x", "10"), draft("Retur", "4", "-1")]),
    "sixty lines": document([draft(f"Serviciul {number}", "12.34", "3") for number in range(60)]),
    "odd letters": document([draft(ODD, "10", details=ODD)], buyer=replace(samples.COMPANY, name=ODD), notes=(ODD,)),
    "endless texts": document(
        [draft(LONG, "10", details=LONG)],
        notes=(LONG,) * 9,
        number="EXH-1",
        buyer=replace(
            samples.COMPANY, name=LONG, address=replace(samples.COMPANY.address, street=LONG, city=LONG[:80])
        ),
    ),
    "a bare seller": document(
        seller=replace(
            samples.SELLER,
            share_capital=None,
            registration_number=None,
            contact_name=None,
            email=None,
            phone=None,
            bank_accounts=(),
        )
    ),
    "after a proforma": document(references=(PROFORMA,)),
    "all units": document([draft(code, "10", unit_code=code) for code in ("H87", "C62", "MON", "ANN", "HUR", "DAY")]),
}


@pytest.mark.parametrize("case", CORPUS)
def test_what_is_built_is_valid(case):
    assert validator.validate(builder.build(CORPUS[case]), today=TODAY) == ()


@pytest.mark.parametrize("county", counties.COUNTIES, ids=lambda county: county.iso)
def test_every_county_is_valid(county):
    city = "SECTOR6" if county.code == "B" else "Orașul Mare"
    address = snapshot.Address("RO", city, "Strada 1", county=county.iso)
    built = builder.build(document(buyer=replace(samples.COMPANY, address=address)))
    assert validator.validate(built, today=TODAY) == ()


# Any letters at all, as long as something is left of them once XML's forbidden ones are gone.
names = st.text(min_size=1, max_size=250).filter(texts.clean)
prices = st.decimals(min_value=0, max_value=100_000, places=4).map(str)
quantities = st.decimals(min_value="0.001", max_value=10_000, places=3).map(str)


@st.composite
def drafts(draw):
    planned = draft(draw(names), draw(prices), draw(quantities), details=draw(st.just("") | names))
    gross = document([planned]).totals.line_net_minor
    return replace(planned, discount_minor=draw(st.integers(min_value=0, max_value=gross)))


@st.composite
def invoices(draw):
    lines = draw(st.lists(drafts(), min_size=1, max_size=6))
    room = document(lines).totals.net_minor
    buyer = replace(
        draw(st.sampled_from([samples.COMPANY, samples.COMPANY_WITHOUT_VAT, samples.PERSON])), name=draw(names)
    )
    planned = document(
        lines,
        discount_minor=draw(st.integers(min_value=0, max_value=room)),
        buyer=buyer,
        notes=tuple(draw(st.lists(names, max_size=3))),
    )
    received = draw(st.integers(min_value=0, max_value=planned.totals.total_minor))
    return replace(planned, payments=(samples.payment(received),)) if draw(st.booleans()) else planned


@settings(max_examples=60, deadline=None)
@given(invoices())
def test_any_invoice_that_is_built_is_valid(planned):
    assert validator.validate(builder.build(planned), today=TODAY) == ()


class TestOtherCurrencies:
    RATE = exchange.Rate("EUR", Decimal("5.0812"), TODAY)

    def euro(self, **values):
        return document([draft("x", "108.90")], currency="EUR", exchange=self.RATE, **values)

    def test_e1_the_vat_stands_in_lei_too(self):
        xml = builder.build(self.euro())
        assert validator.validate(xml, today=TODAY) == ()
        assert b'<cbc:TaxAmount currencyID="RON">116.21</cbc:TaxAmount>' in xml
        assert b"<cbc:TaxCurrencyCode>RON</cbc:TaxCurrencyCode>" in xml

    def test_e12_without_the_currency_of_the_tax_it_is_refused(self):
        xml = builder.build(self.euro()).replace(b"<cbc:TaxCurrencyCode>RON</cbc:TaxCurrencyCode>", b"")
        assert "BR-RO-030" in {finding.rule_id for finding in validator.validate(xml, today=TODAY)}

    def test_e10_a_credit_note_keeps_the_rate(self):
        original = self.euro()
        taken_back = replace(original, totals=replace(original.totals, vat_minor=-original.totals.vat_minor))
        assert taken_back.vat_in_lei_minor == -11_621
