"""The customer's documents narrowed to a period, as a table and as an archive."""

import csv
import io
import zipfile
from datetime import date

import pytest

from praho.billing.documents.services import browsing
from praho.billing.web import periods
from praho.core import clock
from praho.core.permissions import MemberRole
from tests.factories import billing, customers, users
from tests.factories.copies import copy_rows


@pytest.fixture
def buyer(app):
    billing.make_seller()
    return customers.make_customer()


@pytest.fixture
def viewer(buyer, another_visitor):
    person = users.make_user()
    customers.make_member(buyer, person, MemberRole.VIEWER)
    return another_visitor().sign_in(person)


@pytest.fixture
def address(buyer):
    return f"/portal/{buyer.public_id}/documents"


@pytest.fixture
def invoice(buyer):
    return billing.document(billing.make_invoice(buyer))


def zipped(answer):
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2028, 2, 10), ["2028-02-01 2028-02-29", "2028-01-01 2028-01-31"]),
        (date(2028, 1, 31), ["2028-01-01 2028-01-31", "2027-12-01 2027-12-31"]),
    ],
)
def test_periods_are_whole_months_and_years(today, expected):
    offered = [f"{period.since} {period.until}" for period in periods.offered(today)]
    assert offered == [*expected, "2028-01-01 2028-12-31", "2027-01-01 2027-12-31"]


def test_a_period_narrows_the_list(viewer, address, invoice):
    today = clock.today().isoformat()
    assert invoice.number_text in viewer.get(f"{address}?from={today}&to={today}").text
    assert invoice.number_text not in viewer.get(f"{address}?to=2001-01-31").text
    assert invoice.number_text not in viewer.get(f"{address}?from=2101-01-31").text
    assert invoice.number_text in viewer.get(f"{address}?from=nonsense&to=31.12.2001").text


@pytest.mark.parametrize(
    ("locale", "separator", "total", "kind"), [("ro", ";", "121,00", "Factură"), ("en", ",", "121.00", "Invoice")]
)
def test_the_table_is_what_the_readers_spreadsheet_expects(viewer, address, invoice, locale, separator, total, kind):
    viewer.keep("locale", locale)
    answer = viewer.client.get(f"{address}/export.csv?kind=invoice")

    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    head, line = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=separator)
    assert len(head) == len(line) == 10
    assert line[:2] == [kind, invoice.number_text]
    assert line[-2:] == [total, "RON"]


def test_the_archive_holds_the_files_of_the_filter(viewer, address, invoice, run_jobs):
    run_jobs()
    answer = viewer.client.get(f"{address}/archive.zip?kind=invoice")

    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    files = zipped(answer)
    assert set(files) == {f"{invoice.number_text}.pdf", f"{invoice.number_text}.xml"}
    assert files[f"{invoice.number_text}.pdf"] == viewer.client.get(f"{address}/{invoice.public_id}/pdf").data


def test_the_archive_makes_no_file_of_another_customer(viewer, address, invoice):
    other = billing.document(billing.make_proforma(customers.make_customer()))
    names = {name.rpartition(".")[0] for name in zipped(viewer.client.get(f"{address}/archive.zip"))}
    assert invoice.number_text in names
    assert len(names) == 2
    assert other.number_text not in names


def test_too_much_or_nothing_leads_back_with_a_word(live_db, viewer, address, buyer):
    assert "Nu s-a găsit" in viewer.get(f"{address}/archive.zip?kind=invoice").text
    billing.make_proforma(buyer)
    with live_db.as_owner() as connection:
        copy_rows(connection, "billing_document", browsing.MOST_FILES)
    refused = viewer.get(f"{address}/archive.zip?kind=proforma&endpoint=x&_external=1")
    assert refused.path == address
    assert str(browsing.MOST_FILES) in refused.text
