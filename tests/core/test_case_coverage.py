"""Every reference case of sections A, B and D is either a test here or named as another room's."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

CASES = {"A": 15, "B": 25, "D": 21}
ELSEWHERE = {
    "A12": "an answer of ANAF's registry",
    "A13": "an answer of ANAF's registry",
    "A14": "an answer of ANAF's registry",
    "B22": "an answer of VIES",
    "B23": "an answer of VIES",
    "B24": "an answer of VIES",
    "D15": "allowances of a document",
    "D17": "refunds of a payment",
    "D21": "lines of a document",
}
_ID = re.compile(r"([ABDJ]\d+)(-.*)?")


def _parametrised_ids(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "param":
            for keyword in node.keywords:
                if keyword.arg == "id" and isinstance(keyword.value, ast.Constant):
                    yield keyword.value.value


def _covered():
    ids = (each for path in Path(__file__).parent.rglob("test_*.py") for each in _parametrised_ids(path))
    return Counter(found[1] for each in ids if (found := _ID.fullmatch(each)))


@pytest.mark.parametrize(
    "case", [f"{section}{number}" for section, count in CASES.items() for number in range(1, count + 1)]
)
def test_every_case_has_its_test(case):
    assert (_covered()[case] > 0) != (case in ELSEWHERE)


def test_the_domain_name_case_has_its_test():
    assert _covered()["J17"] > 0


def test_no_case_is_made_up():
    known = {f"{section}{number}" for section, count in CASES.items() for number in range(1, count + 1)}
    assert set(_covered()) - known - {"J17"} == set()
