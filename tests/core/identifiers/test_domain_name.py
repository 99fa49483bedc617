"""Domain names; the ids are those of the reference cases, section J."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praho.core.identifiers import domain_name
from praho.core.identifiers.domain_name import Split


@pytest.mark.parametrize(
    ("typed", "ascii_form", "shown"),
    [
        pytest.param("münchen.de", "xn--mnchen-3ya.de", "münchen.de", id="J17-unicode"),
        pytest.param("xn--mnchen-3ya.de", "xn--mnchen-3ya.de", "münchen.de", id="J17-punycode"),
        pytest.param("ＥＸＡＭＰＬＥ.ro", "example.ro", "example.ro", id="J17-full-width"),
        pytest.param("Example.RO.", "example.ro", "example.ro", id="J17-trailing-dot"),
        pytest.param("example.ro。", "example.ro", "example.ro", id="ideographic-dot-at-the-end"),
        pytest.param("example。ro", "example.ro", "example.ro", id="ideographic-dot"),
        pytest.param("țară.ro", "xn--ar-kla13i.ro", "țară.ro", id="romanian"),
        pytest.param("faß.de", "xn--fa-hia.de", "faß.de", id="sharp-s-stays"),
        pytest.param("a.b-c.com.ro", "a.b-c.com.ro", "a.b-c.com.ro", id="labels"),
        pytest.param("a" * 63 + ".ro", "a" * 63 + ".ro", "a" * 63 + ".ro", id="63-characters"),
        pytest.param("1.ro", "1.ro", "1.ro", id="digits"),
    ],
)
def test_valid_names_are_normalised(typed, ascii_form, shown):
    name = domain_name.parse(typed)
    assert (name.ascii, name.unicode) == (ascii_form, shown)
    assert domain_name.parse(shown) == domain_name.parse(ascii_form) == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("-a.ro", "domain.format", id="J17-hyphen"),
        pytest.param("a" * 64 + ".ro", "domain.format", id="J17-64-characters"),
        pytest.param("a-.ro", "domain.format", id="hyphen-at-the-end"),
        pytest.param("ab--cd.ro", "domain.format", id="hyphens-of-punycode"),
        pytest.param("a..ro", "domain.format", id="empty-label"),
        pytest.param("a.ro..", "domain.format", id="two-trailing-dots"),
        pytest.param(".ro", "domain.format", id="leading-dot"),
        pytest.param("a_b.ro", "domain.format", id="underscore"),
        pytest.param("a b.ro", "domain.format", id="space"),
        pytest.param("https://a.ro/", "domain.format", id="address-of-a-page"),
        pytest.param("ion@a.ro", "domain.format", id="mail-address"),
        pytest.param("☃.ro", "domain.format", id="emoji"),
        pytest.param("xn--a.ro", "domain.format", id="broken-punycode"),
        pytest.param("ro", "domain.ending", id="ending-alone"),
        pytest.param("192.0.2.1", "domain.address", id="address"),
        pytest.param("", "domain.empty", id="empty"),
        pytest.param(".", "domain.format", id="dot"),
        pytest.param("a." * 130 + "ro", "domain.length", id="long"),
    ],
)
def test_wrong_names_are_refused(typed, code):
    with pytest.raises(domain_name.InvalidDomainName) as refusal:
        domain_name.parse(typed)
    assert refusal.value.code == code


SUFFIXES = ["ro", "com.ro", ".eu", "co.uk", "România.example"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.ro", Split("", "a", "ro")),
        ("a.com.ro", Split("", "a", "com.ro")),
        ("www.a.com.ro", Split("www", "a", "com.ro")),
        ("x.y.a.ro", Split("x.y", "a", "ro")),
        ("com.eu", Split("", "com", "eu")),
        ("b.co.uk", Split("", "b", "co.uk")),
        ("a.românia.example", Split("", "a", "xn--romnia-yta.example")),
    ],
)
def test_the_longest_suffix_wins(name, expected):
    split = domain_name.split(domain_name.parse(name), SUFFIXES)
    assert split == expected
    assert domain_name.parse(name).ascii.endswith(split.registrable)


@pytest.mark.parametrize(
    ("name", "code"),
    [("com.ro", "domain.is_ending"), ("a.tld", "domain.unknown_ending"), ("a.uk", "domain.unknown_ending")],
)
def test_names_outside_our_suffixes_are_refused(name, code):
    with pytest.raises(domain_name.InvalidDomainName) as refusal:
        domain_name.split(domain_name.parse(name), SUFFIXES)
    assert refusal.value.code == code


@given(st.text(max_size=80))
def test_a_name_in_normal_form_stays_as_it_is(typed):
    try:
        name = domain_name.parse(typed)
    except domain_name.InvalidDomainName:
        return
    assert name.ascii == name.ascii.lower().strip(".")
    assert domain_name.parse(name.ascii) == name == domain_name.parse(name.unicode)
