"""The mentions that the law wants on a document without Romanian VAT, and the numbers of companies elsewhere."""

import pytest

from praho.billing.documents.pdf import content
from praho.core.i18n import in_locale
from tests.billing.efactura.test_abroad import CASES


def printed(case, locale="ro"):
    with in_locale(locale):
        return content.of(CASES[case][0], locale)


@pytest.mark.parametrize(
    ("case", "mention"),
    [
        ("C7", "Taxare inversă"),
        ("C9", "ghișeul unic"),
        ("C17 business", "alin. (2)"),
        ("C17 consumer", "alin. (5)"),
        ("C22", "art. 310"),
    ],
)
def test_what_has_no_romanian_vat_says_why(case, mention):
    assert mention in printed(case)["legal"]


def test_romanian_vat_says_nothing_more():
    assert printed("C21")["legal"] == printed("C8")["legal"]


def test_companies_elsewhere_are_named_by_their_own_numbers():
    assert printed("C7")["parties"][1]["lines"][0] == "Cod TVA: DE136695976"
    assert printed("C17 business", "en")["parties"][1]["lines"][0] == "Company number: 12-3456789"
