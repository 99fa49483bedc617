"""Lists as files: every page of them, and nothing that a spreadsheet would run."""

import pytest
from flask import Flask

from praho.core.web import exports
from praho.core.web.paging import Page


def test_every_page_is_read_up_to_the_limit(monkeypatch):
    pages = {None: Page([1, 2], None, "a"), "a": Page([3, 4], None, "b"), "b": Page([5], None, None)}
    assert list(exports.every(pages.__getitem__)) == [1, 2, 3, 4, 5]
    monkeypatch.setattr(exports, "MOST_ROWS", 4)
    assert list(exports.every(pages.__getitem__)) == [1, 2, 3, 4]


@pytest.mark.parametrize("typed", ["=1+1", "+40", "-2", "@SUM(A1)", "\tx"])
def test_no_text_is_a_formula(typed):
    with Flask("test").test_request_context():
        answer = exports.csv_file("x", ["Name"], [[typed], [-5], ["a;b"]])
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeffName")
    assert f"'{typed.strip(chr(9))}" in text or f"'{typed}" in text
    assert "\n-5" in text
    assert '"a;b"' in text
