from datetime import date
from pathlib import Path

import pytest

from praho.billing.efactura import validator
from praho.billing.efactura.findings import Severity

EXAMPLES = Path(__file__).parent / "examples"
TODAY = date(2026, 11, 22)
OWN = sorted(EXAMPLES.joinpath("own").glob("*.xml"))
BROKEN = sorted(EXAMPLES.joinpath("broken").glob("*.xml"))


def test_the_examples_are_all_here():
    assert (len(OWN), len(BROKEN)) == (14, 42)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_a_good_invoice_has_no_finding(path):
    assert validator.validate(path.read_bytes(), today=TODAY) == ()


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_defect_gives_its_rule(path):
    expected = path.stem.partition("__")[0]
    found = validator.validate(path.read_bytes(), today=TODAY)
    assert any(one.rule_id == expected and one.severity is Severity.ERROR for one in found)


def test_a_rule_of_two_layers_is_reported_once():
    found = validator.validate(EXAMPLES.joinpath("broken/BR-27__negative-price.xml").read_bytes(), today=TODAY)
    assert [one.rule_id for one in found] == ["BR-27"]


def test_a_schema_error_says_where_and_stops_the_check():
    found = validator.validate(EXAMPLES.joinpath("broken/XSD__element-order.xml").read_bytes(), today=TODAY)
    assert [(one.rule_id, one.location) for one in found] == [("XSD", "/Invoice[1]/IssueDate[1]")]
    assert "Expected is one of ( ProfileID" in found[0].message


def test_a_finding_says_where():
    found = validator.validate(EXAMPLES.joinpath("broken/BR-CL-23__unit-BUC.xml").read_bytes(), today=TODAY)
    assert [one.location for one in found] == ["/Invoice[1]/InvoiceLine[1]/InvoicedQuantity[1]"]
