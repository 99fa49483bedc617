"""One invoice with everything in it, byte by byte: a change of the XML is meant, or it is a mistake."""

from datetime import date

from praho.billing.documents import snapshot
from praho.billing.efactura import builder, validator
from tests.billing import samples
from tests.billing.efactura.documents import EXAMPLES

DRAFTS = [
    *samples.DRAFTS,
    samples.draft("Mentenanță " * 12, "120", "1.5", unit_code="HUR", discount_minor=500, details="detalii " * 40),
    samples.draft("De la început", "1", period_start=date(2026, 10, 5)),
]
INVOICE = samples.document(
    DRAFTS,
    discount_minor=2000,
    tax_point=date(2026, 10, 1),
    notes=("Comanda CMD-1042.",),
    references=(snapshot.Reference(snapshot.ReferenceKind.PROFORMA, "PRF-000017", date(2026, 10, 1)),),
    payments=(samples.payment(10000),),
)


def test_the_golden_invoice():
    golden = EXAMPLES.joinpath("golden.xml").read_bytes()
    assert validator.validate(golden, today=date(2026, 11, 22)) == ()
    assert builder.build(INVOICE) == golden
