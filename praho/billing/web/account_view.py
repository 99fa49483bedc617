"""A customer's account as both surfaces show it: which currency, which days, and the statement as a file."""

from datetime import date
from io import BytesIO

from flask import Response, flash, request, send_file
from werkzeug.wrappers import Response as BaseResponse

from praho.billing import errors
from praho.billing.payments.pdf import statement_content
from praho.billing.payments.services import printing_statements, statements
from praho.core import clock
from praho.core.i18n import gettext as _
from praho.core.web import arguments, exports, htmx

_KNOWN = ("RON", "EUR", "USD")


def currency() -> str:
    """Return the currency that the address asks for, lei where it asks for none that we know."""
    asked = request.args.get("currency", "")
    return asked if asked in _KNOWN else statements.DEFAULT


def days() -> tuple[date, date]:
    """Return the days that the address asks for, both included; without any, this year's up to today."""
    today = clock.today()
    since, until = arguments.day("from") or date(today.year, 1, 1), arguments.day("to") or today
    return (since, until) if since <= until else (until, since)


def as_arguments(wanted: str, since: date, until: date) -> dict[str, str]:
    """Return currency and days as the arguments of an address."""
    return {"currency": wanted, "from": since.isoformat(), "to": until.isoformat()}


def csv(customer_id: int) -> Response:
    """Hand out the statement as a table."""
    since, until = days()
    statement = statements.of(customer_id, currency(), since, until)
    header = (_("Date"), _("What happened"), _("Reference"), _("Charged"), _("Settled"), _("Balance"), _("Currency"))
    opening = (since, _("Opening balance"), "", "", "", statement.opening.decimal, statement.currency)
    closing = (
        until,
        _("Closing balance"),
        "",
        statement.charged.decimal,
        statement.settled.decimal,
        statement.closing.decimal,
        statement.currency,
    )
    rows = (
        (
            entry.booked_on,
            statement_content.what(entry),
            entry.text,
            entry.amount.decimal if entry.amount.is_positive else "",
            -entry.amount.decimal if entry.amount.is_negative else "",
            entry.balance.decimal,
            statement.currency,
        )
        for entry in statement.movements
    )
    return exports.csv_file("statement", header, (opening, *rows, closing))


def pdf(customer_id: int, account_url: str) -> BaseResponse:
    """Hand out the statement as PDF; while the company's own data are missing, lead back with a word."""
    since, until = days()
    try:
        content = printing_statements.pdf(customer_id, currency(), since, until)
    except errors.InvoicingRefused:
        flash(_("The statement cannot be printed before the company's data are filled in."), "error")
        return htmx.go_to(account_url)
    name = f"{since.isoformat()}-{until.isoformat()}-{currency()}.pdf"
    response = send_file(BytesIO(content), mimetype="application/pdf", download_name=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
