"""The reports in the admin: who may see them, figures that lead to their documents, files that are streamed."""

from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from praho.core import clock
from praho.core.db import scope
from praho.core.permissions import StaffRole
from praho.reports import cli
from praho.reports.types import Period
from tests.factories import billing, customers, users

PAGES = ("", "/journal", "/receipts", "/vat-returns", "/one-stop-shop")


@pytest.fixture
def staff(app, another_visitor):
    billing.make_seller()
    return lambda role=StaffRole.BILLING: another_visitor().sign_in(users.make_staff(role))


@pytest.fixture
def invoice(staff):
    return billing.document(billing.make_invoice(customers.make_customer(name="Brutăria Țăndărei S.R.L.")))


def test_only_those_who_keep_the_books_see_them(staff):
    for role in StaffRole:
        may = role in (StaffRole.ADMIN, StaffRole.BILLING, StaffRole.AUDITOR)
        visitor = staff(role)
        assert visitor.get("/admin/reports").status == (200 if may else 403), role
        assert visitor.get("/admin/reports/journal.csv").status == (200 if may else 403), role


def test_a_period_without_anything_is_said_so(staff):
    clerk = staff()
    for address in ("period=2020-01", "from=2026-13-01&to=x", "from=2026-02-01&to=2026-01-01", "period=9"):
        for path in PAGES:
            assert clerk.get(f"/admin/reports{path}?{address}").status == 200, (path, address)
        assert "Nicio vânzare în această perioadă" in clerk.get(f"/admin/reports/journal?{address}").text


def test_figures_lead_to_their_documents(staff, invoice):
    clerk = staff()
    overview = clerk.get("/admin/reports")
    assert "100,00 RON" in overview.text
    [address] = {link for link in overview.tree.xpath("//a/@href") if "treatment=romania" in link}
    journal = clerk.get(address)
    assert invoice.number_text in journal.text
    assert f"/admin/documents/{invoice.public_id}" in journal.tree.xpath("//a/@href")
    returns = clerk.get("/admin/reports/vat-returns")
    assert [link for link in returns.tree.xpath("//a/@href") if "partner=" in link]
    receipts = clerk.get("/admin/reports/receipts")
    assert invoice.number_text in receipts.text
    assert "121,00 RON" in receipts.text


def test_a_filter_that_finds_nothing_says_so(staff, invoice):
    clerk = staff()
    page = clerk.get("/admin/reports/journal?rate=19&treatment=romania&kind=credit_note&place=RO&partner=x")
    assert invoice.number_text not in page.text
    assert "Nu s-a găsit nimic" in page.text


def test_nonsense_in_an_address_is_as_if_it_were_not_there(staff, invoice):
    clerk = staff()
    for rate in ("NaN", "-1", "1e9", "x", "1" * 300):
        page = clerk.get(f"/admin/reports/journal?rate={rate}&treatment=none&cursor=é")
        assert invoice.number_text in page.text, rate
        assert clerk.get(f"/admin/reports/one-stop-shop?ecb={rate}").status == 200, rate


def test_files_are_streamed_with_the_same_sums(staff, invoice):
    answer = staff().client.get("/admin/reports/journal.csv?treatment=romania")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="sales-journal-{Period.month(clock.today()).code}.csv"' in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.content_length is None
    head, row, total = answer.get_data(as_text=True).removeprefix("\ufeff").splitlines()
    assert head.startswith("Exigibil")
    assert ";100,00;21,00;121,00" in row
    assert invoice.number_text in row
    assert total.endswith(";100,00;21,00;121,00")


def test_every_table_has_its_file(staff, invoice):
    clerk = staff()
    for name in ("journal.xlsx", "receipts.xlsx"):
        assert clerk.client.get(f"/admin/reports/{name}").data.startswith(b"PK"), name
    for name in ("receipts", "d390", "d394", "series", "one-stop-shop"):
        assert clerk.client.get(f"/admin/reports/{name}.csv").data.startswith(b"\xef\xbb\xbf"), name


def test_a_reader_who_leaves_in_the_middle_leaves_nothing_open(staff, invoice):
    for path in ("journal.csv", "journal.xlsx"):
        answer = staff().client.get(f"/admin/reports/{path}", buffered=False)
        next(iter(answer.response))
        assert scope.frames() == ()
        answer.close()


def test_the_command_writes_the_same(app, invoice, tmp_path):
    @contextmanager
    def opened():
        with app.app_context():
            yield app

    def written(*words):
        return CliRunner().invoke(cli.group, words, obj=opened)

    month = Period.month(clock.today()).code
    assert invoice.number_text in written("journal", "--month", month).output
    assert "121,00" in written("receipts", "--month", month).output
    path = tmp_path / "journal.xlsx"
    done = written(
        "journal", "--month", f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}", "--format", "xlsx", "--output", str(path)
    )
    assert done.exit_code == 0
    assert path.read_bytes().startswith(b"PK")
    assert written("journal", "--month", "october").exit_code == 2
