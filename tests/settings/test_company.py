"""The seller that documents print: complete, in normal form, and honest about what is missing."""

import pytest

from praho.core.db.scope import AnonymousScope, StaffScope, entered
from praho.core.errors import Invalid
from praho.settings.services import changing, company

COMPLETE = {
    "company.name": "Mesteacăn Hosting S.R.L.",
    "company.cui": "RO 1439 9840",
    "company.vat_payer": "1",
    "company.reg_com": "j40/1234/2020",
    "company.share_capital": "200 RON",
    "company.street": "Strada Lungă nr. 1",
    "company.city": "sectorul 3",
    "company.county": "RO-B",
    "company.post_code": "031472",
    "company.country": "RO",
    "company.iban": "RO49 AAAA 1B31 0075 9384 0000",
    "company.bank": "Banca",
    "company.email": "contact@firma.example",
    "company.phone": "0721 234 567",
    "company.website": "https://firma.example",
}


@pytest.fixture
def keep(db, domains):
    def change(**typed):
        with entered(StaffScope(1)):
            changing.change("company", {**COMPLETE, **{f"company.{name}": value for name, value in typed.items()}})

    return change


def test_a_new_house_has_no_seller_yet(db, domains):
    with entered(AnonymousScope()):
        assert len(company.missing()) == 9
        assert company.seller().name == ""
        assert company.display_name() == "PRAHO"


def test_the_seller_is_in_normal_form(keep):
    keep()
    with entered(AnonymousScope()):
        seller = company.seller()
        assert company.missing() == []
        assert company.display_name() == "Mesteacăn Hosting S.R.L."
    assert (seller.cui, seller.vat_payer, seller.vat_id) == ("14399840", True, "RO14399840")
    assert (seller.reg_com, seller.iban) == ("J40/1234/2020", "RO49AAAA1B31007593840000")
    assert (seller.city, seller.county, seller.phone) == ("SECTOR3", "RO-B", "+40721234567")


def test_who_does_not_pay_vat_has_no_vat_number(keep):
    keep(vat_payer="")
    with entered(AnonymousScope()):
        assert company.seller().vat_id is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("cui", "14399841"),
        ("reg_com", "J41/1/2000"),
        ("iban", "RO48AAAA1B31007593840000"),
        ("post_code", "31472"),
        ("phone", "1212"),
        ("email", "no address"),
        ("website", "http://firma.example"),
        ("county", "RO-XX"),
        ("city", "București"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(keep, field, typed):
    with pytest.raises(Invalid) as refusal:
        keep(**{field: typed})
    assert set(refusal.value.fields) == {f"company.{field}"}


def test_what_is_missing_is_named_by_its_label(keep):
    keep(iban="", bank="")
    with entered(AnonymousScope()):
        assert company.missing() == ["IBAN", "Banca"]
