"""Nothing of a provider's JSON is believed before it was looked at."""

from datetime import UTC, datetime
from enum import StrEnum

import pytest

from praho.sdk import answers
from praho.sdk.errors import OutcomeUnknown
from praho.sdk.money import Money


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"text"', b"1", b"\xff", b"<html>"])
def test_only_an_object_is_an_answer(body):
    with pytest.raises(OutcomeUnknown):
        answers.parse(body)


GOOD = answers.parse(
    b'{"text": "a", "none": null, "empty": "", "number": 0, "yes": true, "when": "2026-03-02T11:30:00+02:00",'
    b' "amount": 199, "currency": "RON", "colour": "red", "child": {"text": "b"}, "children": [{"text": "c"}],'
    b' "texts": ["d"], "nothing": []}'
)


def test_what_is_there_is_read():
    assert GOOD.text("text") == "a"
    assert GOOD.optional_text("text") == "a"
    assert [GOOD.optional_text(name) for name in ("none", "empty", "missing")] == [None, None, None]
    assert GOOD.integer("number") == 0
    assert GOOD.boolean("yes") is True
    assert GOOD.instant("when") == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert GOOD.money("amount", "currency") == Money(199, "RON")
    assert GOOD.choice("colour", Colour) is Colour.RED
    assert GOOD.child("child").text("text") == "b"
    assert GOOD.optional_child("none") is None
    assert [item.text("text") for item in GOOD.children("children")] == ["c"]
    assert GOOD.texts("texts") == ("d",)
    assert GOOD.children("nothing") == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", None), ("text", ""), ("text", 1), ("text", ["a"]),
        ("integer", None), ("integer", "1"), ("integer", True), ("integer", 1.0),
        ("boolean", None), ("boolean", 1), ("boolean", "true"),
        ("instant", None), ("instant", "soon"), ("instant", 1),
        ("instant", "2026-03-02T11:30:00"), ("instant", "2026-03-02"),
        ("child", None), ("child", []), ("child", "a"), ("optional_child", "a"),
        ("children", None), ("children", {}), ("children", [1]), ("children", [None]),
        ("texts", None), ("texts", "a"), ("texts", [1]),
    ],
)  # fmt: skip
def test_what_is_not_what_it_must_be_is_unknown(field, value):
    with pytest.raises(OutcomeUnknown):
        getattr(answers.Answer({"field": value}), field)("field")
    with pytest.raises(OutcomeUnknown):
        getattr(answers.Answer({}), field)("field")


@pytest.mark.parametrize(
    ("amount", "currency"), [(1, "XXX"), (1, "lei"), (1, None), ("1", "RON"), (None, "RON"), (1.5, "RON")]
)
def test_money_of_no_known_currency_is_unknown(amount, currency):
    with pytest.raises(OutcomeUnknown):
        answers.Answer({"a": amount, "c": currency}).money("a", "c")


def test_an_unknown_choice_is_unknown():
    with pytest.raises(OutcomeUnknown):
        answers.Answer({"colour": "blue"}).choice("colour", Colour)
