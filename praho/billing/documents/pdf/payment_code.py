"""The picture that a banking application reads: EPC069-12, which knows transfers in euro only."""

import io
from decimal import Decimal

from praho.billing.documents import snapshot
from praho.billing.documents.pdf.printable import text

_CURRENCY = "EUR"
_NAME_LENGTH = 70
_MESSAGE_LENGTH = 140
_MOST_MINOR = 99_999_999_999


def of(document: snapshot.DocumentSnapshot, account: snapshot.BankAccount) -> str | None:
    """Return the code for what is left to pay into `account` as SVG, or None where the standard has no room for it."""
    amount = document.payable_minor
    if document.currency != _CURRENCY or not 0 < amount <= _MOST_MINOR:
        return None
    # Imported with the first code: most documents have none.
    from segno import helpers  # noqa: PLC0415

    code = helpers.make_epc_qr(
        name=text(document.seller.name)[:_NAME_LENGTH],
        iban="".join(account.iban.split()),
        amount=Decimal(amount).scaleb(-2),
        text=text(document.number)[:_MESSAGE_LENGTH],
        encoding="utf-8",
    )
    picture = io.BytesIO()
    code.save(picture, kind="svg", border=0, dark="#132326")
    return picture.getvalue().decode()
