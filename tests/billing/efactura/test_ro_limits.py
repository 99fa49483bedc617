import json
import re
from importlib import resources

import pytest
from lxml import etree

from praho.billing.efactura import ro_limits, ubl

ROWS = json.loads(resources.files("praho.billing.efactura").joinpath("ro_limits.json").read_text())
BY_ID = {row["id"]: row for row in ROWS}
STEP = re.compile(r"(cac|cbc):(\w+)(?:\[cbc:ChargeIndicator = '(true|false)' or [^\]]*\])?")


def invoice_with(row, size):
    """An invoice with, where the rule looks, a value or a number of elements of the given size."""
    root = etree.Element(f"{{{ubl.INVOICE}}}Invoice")
    node = descend(root, row["context"].split(" | ")[0].removeprefix("/*").lstrip("/"))
    if row["kind"] == "max-count":
        *parents, last = row["path"].split("/")
        parent = descend(node, "/".join(parents))
        for _ in range(size):
            descend(parent, last)
        return root
    path, _, attribute = row["path"].partition("/@")
    target = node if path == "." else descend(node, path)
    value = "ș" * size if row["kind"] == "max-length" else "1." + "0" * size
    if attribute:
        target.set(attribute, value)
    else:
        target.text = value
    return root


def descend(node, path):
    for prefix, name, indicator in STEP.findall(path):
        node = etree.SubElement(node, f"{{{ubl.PREFIXES[prefix]}}}{name}")
        if indicator:
            etree.SubElement(node, f"{{{ubl.CBC}}}ChargeIndicator").text = indicator
    return node


def found(root):
    return {finding.rule_id for finding in ro_limits.check(root)}


@pytest.mark.parametrize("rule_id", BY_ID)
def test_the_limit_itself_is_allowed_and_one_more_is_not(rule_id):
    row = BY_ID[rule_id]
    assert rule_id not in found(invoice_with(row, row["limit"]))
    assert rule_id in found(invoice_with(row, row["limit"] + 1))


def test_rules_are_listed_once():
    assert len(ROWS) == len(BY_ID) == 87
    assert {row["kind"] for row in ROWS} == {"max-length", "max-count", "max-decimals"}


def test_lengths_count_after_white_space_is_collapsed():
    row = BY_ID["BR-RO-L302"]
    root = invoice_with(row, 300)
    root[0].text = f"\n  {root[0].text[:100]}  \n  {root[0].text[101:]}  "
    assert found(root) == set()


def test_an_amount_without_a_point_has_no_decimals():
    root = invoice_with(BY_ID["BR-DEC-RO-18"], 2)
    root[0][0].text = "1000"
    assert found(root) == set()


def test_a_finding_names_rule_term_and_element():
    root = invoice_with(BY_ID["BR-RO-L1016"], 101)
    (finding,) = ro_limits.check(root)
    assert finding.message == "[BR-RO-L100] BT-82 is longer than 100 characters."
    assert finding.location == "/Invoice[1]/PaymentMeans[1]/PaymentMeansCode[1]"


def test_credit_notes_are_measured_too():
    root = etree.Element(f"{{{ubl.CREDIT_NOTE}}}CreditNote")
    descend(root, "cac:CreditNoteLine/cac:Item/cbc:Name").text = "x" * 101
    assert found(root) == {"BR-RO-L1024"}


@pytest.mark.parametrize(("indicator", "rule_id"), [("0", "BR-RO-L1022"), ("1", "BR-RO-L1023")])
def test_booleans_may_be_written_as_digits(indicator, rule_id):
    root = invoice_with(BY_ID[rule_id], 101)
    root[0][0][0].text = indicator
    assert found(root) == {rule_id}
