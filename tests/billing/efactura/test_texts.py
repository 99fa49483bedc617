import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from praho.billing.efactura import texts

WORDS = " ".join(f"cuvânt{number}" for number in range(200))


def test_a_short_text_is_whole():
    assert texts.cut("abc def", 7) == ("abc def", "")
    assert texts.cut("", 5) == ("", "")


@pytest.mark.parametrize(
    ("text", "length", "head", "rest"),
    [
        ("abc def", 6, "abc", "def"),
        ("abc def", 4, "abc", "def"),
        ("abc def", 3, "abc", "def"),
        ("abc def ghi", 7, "abc def", "ghi"),
        ("abcdef", 4, "abcd", "ef"),
        ("ab cdefgh", 5, "ab", "cdefgh"),
        ("a bcdefghij", 6, "a bcde", "fghij"),
        ("abc defghijkl", 6, "abc", "defghijkl"),
    ],
)
def test_cut_at_a_word(text, length, head, rest):
    assert texts.cut(text, length) == (head, rest)


@given(st.text(max_size=300), st.integers(min_value=1, max_value=120))
def test_cutting_loses_nothing_but_a_space(text, length):
    cleaned = texts.clean(text)
    head, rest = texts.cut(cleaned, length)
    assert len(head) <= length
    assert cleaned in {head + rest, f"{head} {rest}"}
    assert head or not cleaned


@pytest.mark.parametrize(("text", "short"), [("12345", "12345"), ("123456", "1234…"), ("12 3456", "12…")])
def test_shortened_texts_show_it(text, short):
    assert texts.shorten(text, 5) == short


def test_f26_what_xml_cannot_carry_is_dropped():
    assert texts.clean("a\u0001b\u0000\ud800c\ufffed\uffff") == "abcd"
    assert texts.clean(" a\t\n\u00a0b  ") == "a b"


@given(st.text())
def test_any_text_can_be_written_after_cleaning(text):
    node = etree.Element("x")
    node.text = texts.clean(text)
    assert etree.fromstring(etree.tostring(node)).text in {node.text, None}


def test_f25_letters_stay_as_typed():
    assert texts.clean("ŞTEFAN ȘTEFAN & FIII <S.R.L.> 😀") == "ŞTEFAN ȘTEFAN & FIII <S.R.L.> 😀"


def test_f7_a_name_of_100_characters_stays_alone():
    name = "x" * 100
    assert texts.item(name, "") == texts.ItemTexts(name, "", "")
    assert texts.item(name, "mai mult") == texts.ItemTexts(name, "mai mult", "")


def test_f7_a_name_of_101_characters_goes_on_in_the_description():
    name = "x" * 95 + " abcde"
    assert len(name) == 101
    assert texts.item(name, "") == texts.ItemTexts("x" * 95, "abcde", "")
    assert texts.item(name, "restul") == texts.ItemTexts("x" * 95, "abcde restul", "")


def test_f7_the_rest_goes_to_the_note_and_ends_visibly():
    item = texts.item(WORDS, "")
    assert (len(item.name) <= 100, len(item.description) <= 200, len(item.note) <= 300) == (True, True, True)
    assert (
        f"{item.name} {item.description} {item.note}"[:-1] == WORDS[: len(item.name + item.description + item.note) + 1]
    )
    assert item.note.endswith("…")


def test_f7_limits_of_description_and_note():
    name = "n" * 100
    assert texts.item(name, "d" * 200) == texts.ItemTexts(name, "d" * 200, "")
    assert texts.item(name, "d" * 201) == texts.ItemTexts(name, "d" * 200, "d")
    assert texts.item(name, "d" * 500) == texts.ItemTexts(name, "d" * 200, "d" * 300)
    assert texts.item(name, "d" * 501) == texts.ItemTexts(name, "d" * 200, "d" * 299 + "…")


def test_notes_are_split_at_300_and_end_at_20():
    assert texts.notes(("", " \n ", "o notă")) == ["o notă"]
    assert texts.notes(("ș" * 300,)) == ["ș" * 300]
    assert texts.notes(("ș" * 301,)) == ["ș" * 300, "ș"]
    assert len(texts.notes((WORDS,) * 30)) == 20
    assert len(texts.notes(("x",) * 20)) == 20
