"""The pages of promo codes for staff: making, duplicating, pausing, who used them, and the file of the uses."""

import pytest

from praho.catalogue.services import redeeming
from praho.catalogue.services.redeeming import Buyer
from praho.catalogue.web import admin_codes
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.money import Money
from praho.core.permissions import StaffRole
from tests.factories import catalogue, customers, users
from tests.factories.discounts import make_code

CODES = "/admin/catalogue/codes"


@pytest.fixture
def billing(app, visitor):
    return visitor.sign_in(users.make_staff(StaffRole.BILLING))


def use(code, number):
    customer = customers.make_customer(name=f"=Client {number} S.R.L.")
    with entered(SystemScope("test")), unit_of_work():
        redeeming.reserve(
            code,
            Buyer(customer.id, new=True),
            order_ref=f"ord_{number}",
            order_number=f"C-{number}",
            discount=Money(1250, "RON"),
        )


def test_a_code_is_made_changed_paused_and_duplicated(billing):
    catalogue.make_bare_tld("ro", None)
    page = billing.get(f"{CODES}/new")
    page = billing.submit(page, {"code": "vara 20", "percent": "12,5", "tlds": "ro", "valid_until": "2027-08-31"})
    code = page.path.rpartition("/")[2]
    for words in ("VARA20", "12,5%", ".ro", "31 aug. 2027"):
        assert words in page.text
    page = billing.submit(billing.get(f"{CODES}/{code}/edit"), {"kind": "fixed", "amount_ron": "1.250,50"})
    assert "1.250,50" in page.text
    assert "VARA20" in billing.get(f"{CODES}?phase=running&q=va").text
    page = billing.submit(page, action="/pause")
    assert "VARA20" not in billing.get(f"{CODES}?phase=running").text
    assert page.leads_to("/resume")
    copied = billing.get(f"{CODES}/new?like={code}")
    assert (copied.values()["code"], copied.values()["amount_ron"]) == ("", "1.250,50")
    assert billing.submit(copied, {"code": "TOAMNA"}).path.rpartition("/")[2] not in (code, "new")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"percent": "mult"}, "percent"),
        ({"percent": ""}, "percent"),
        ({"kind": "fixed", "amount_ron": "1.234"}, "amount_ron"),
        ({"kind": "price"}, "amount_ron"),
        ({"percent": "10", "max_uses": "0"}, "max_uses"),
        ({"percent": "10", "valid_from": "ieri"}, "valid_from"),
    ],
)
def test_mistakes_stand_beside_their_fields_and_nothing_typed_is_lost(billing, typed, field):
    page = billing.submit(billing.get(f"{CODES}/new"), {"code": "IARNA", "note": "Sărbători", **typed})
    assert (page.status, list(page.errors)) == (422, [field])
    kept = page.values()
    assert (kept["code"], kept["note"], kept.get(field)) == ("IARNA", "Sărbători", typed.get(field, ""))


def test_who_used_a_code_and_what_it_gave(billing):
    code = make_code()
    for number in range(3):
        use("VARA20", number)
    with entered(SystemScope("test")), unit_of_work():
        redeeming.use("ord_0")
        redeeming.release("ord_1")
    page = billing.get(f"{CODES}/{code}")
    for words in ("C-0", "C-1", "C-2", "12,50 RON"):
        assert words in page.text
    written = billing.client.get(f"{CODES}/{code}/uses.csv").get_data(as_text=True).splitlines()
    assert len(written) == 4
    assert [line.split(";")[1] for line in written[1:]] == ["C-2", "C-1", "C-0"]
    assert "'=Client" in written[1]
    assert billing.client.get(f"{CODES}/uses.csv").get_data(as_text=True).splitlines()[1:] == written[1:]


def test_the_pages_ask_the_same_for_many_as_for_one(billing, count_queries):
    code = make_code(once_per_customer=False)
    counts = {}
    for round_ in range(2):
        use("VARA20", round_)
        make_code(code=f"ALT{round_}")
        for name, path in {"listing": CODES, "code": f"{CODES}/{code}"}.items():
            billing.get(path)
            with count_queries() as counted:
                billing.get(path)
            counts.setdefault(name, []).append(counted.count)
    for name, (one, many) in counts.items():
        assert one == many <= admin_codes.QUERY_BUDGETS[f"catalogue_codes_admin.{name}"]


@pytest.mark.parametrize("role", [StaffRole.SUPPORT, StaffRole.TECHNICIAN])
def test_who_does_not_set_prices_makes_no_codes(app, visitor, role):
    code = make_code()
    staff = visitor.sign_in(users.make_staff(role))
    page = staff.get(f"{CODES}/{code}")
    assert page.status == 200
    assert not page.leads_to("/pause")
    assert staff.get(f"{CODES}/new").status == 403
    assert staff.post(f"{CODES}/{code}/pause").status == 403
