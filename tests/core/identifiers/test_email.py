"""E-mail addresses: one stored form for each mailbox, and nothing that mail cannot be sent to."""

import pytest

from praho.core.identifiers import email


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Ana.Pop@Client.Example", "ana.pop@client.example"),
        ("  ana@client.example ", "ana@client.example"),
        ("ana+facturi@client.example", "ana+facturi@client.example"),
        ("ana@exămplu.ro", "ana@xn--exmplu-j0a.ro"),
        ("ａｎａ@client.example", "ana@client.example"),
    ],
)
def test_an_address_has_one_stored_form(typed, stored):
    assert email.parse(typed) == stored
    assert email.as_stored(typed) == stored


@pytest.mark.parametrize(
    "typed",
    ["", "ana", "ana@", "@client.example", "ana@localhost", "a b@client.example", "ana@client..example",
     "ștefan@client.example", "ana@client.example\nBcc: x@y.example", f"{'a' * 250}@client.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_not_repeated(typed):
    with pytest.raises(email.InvalidEmail) as refusal:
        email.parse(typed)
    assert refusal.value.code == "email.format"
    assert not typed or typed not in str(refusal.value)


def test_looking_somebody_up_takes_anything():
    assert email.as_stored(" No Address ") == "no address"
