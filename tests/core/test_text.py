"""Search words and sort keys."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praho.core import text

ALPHABET = "aăâbcdefghiîjklmnopqrsștțuvwxyz"
TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def finds(query, *parts):
    """Do what PostgreSQL does with the query and the document."""
    prepared = text.prefix_query(query)
    document = text.search_document(*parts).split()
    return prepared is not None and all(
        any(word.startswith(prefix.removesuffix(":*")) for word in document) for prefix in prepared.split(" & ")
    )


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("ștefan", "Ștefan & Fiii S.R.L."),
        ("STEFAN", "Ştefan cel Mare"),
        ("stef fii", "Ștefan & Fiii S.R.L."),
        ("fiii stefan", "Ștefan & Fiii S.R.L."),
        ("mun", "münchen.de"),
        ("ion.popescu@fir", "ion.popescu@firma.com.ro"),
        ("popescu", "ion.popescu@firma.com.ro"),
        ("firma.com", "ion.popescu@firma.com.ro"),
        ("RO 143998", "RO14399840"),
        ("14399840", "RO14399840"),
        ("ro14399840", "RO14399840"),
        ("EXH-1", "EXH-000001"),
        ("exh000001", "EXH-000001"),
        ("1", "EXH-000001"),
        ("000001", "EXH-000001"),
        ("j40/12", "J40/1234/2020"),
        ("gazduire", "GĂZDUIRE"),
        ("exam", "ｅｘａｍｐｌｅ"),
        ("strasse", "Straße"),
        ("lodz", "Łódź"),
        ("петр", "Пётр"),
        ("plan 10", "plan10"),
    ],
)
def test_what_people_type_finds_what_they_mean(query, part):
    assert finds(query, part)


@pytest.mark.parametrize(
    ("query", "part"),
    [("popescu ion x", "Ion Popescu"), ("fan", "Ștefan"), ("4399", "14399840"), ("2", "EXH-000001"), ("", "Ion")],
)
def test_the_middle_of_a_word_and_other_words_find_nothing(query, part):
    assert not finds(query, part)


@pytest.mark.parametrize("typed", ["", "   ", "'", "&|!():*<->", "\\", "\x00", "😀", "%_"])
def test_nothing_to_search_for_is_no_query(typed):
    assert text.prefix_query(typed) is None


@given(TYPED)
def test_a_query_holds_nothing_that_the_database_would_read_as_syntax(typed):
    query = text.prefix_query(typed)
    assert query is None or re.fullmatch(r"[^\W_]+:\*(?: & [^\W_]+:\*)*", query)


@given(TYPED)
def test_a_document_is_single_words_and_spaces(typed):
    document = text.search_document(typed, None, typed)
    words = document.split(" ") if document else []
    assert words == sorted(set(words))
    assert all(re.fullmatch(r"[^\W_]{1,64}", word) for word in words)
    # An address stands as one word as well, which would be taken apart.
    assert "@" in typed or text.search_document(document) == document


@given(TYPED, st.data())
def test_every_beginning_of_every_word_is_found(typed, data):
    words = text.words(typed)
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    beginning = word[: data.draw(st.integers(1, len(word)))]
    assert finds(beginning, typed)


@given(TYPED)
def test_case_and_diacritics_do_not_count(typed):
    bare = "".join(letter for letter in unicodedata.normalize("NFD", typed) if not unicodedata.combining(letter))
    assert text.fold(text.fold(typed)) == text.fold(typed)
    assert text.fold(bare) == text.fold(typed)


def test_a_long_query_is_cut():
    query = text.prefix_query(" ".join(f"a{'b' * 99}{letter}" for letter in "cdefghijklmnopqrstuvwxyz"))
    assert query == f"a{'b' * 63}:*"
    assert text.prefix_query(" ".join(ALPHABET)).count("&") == text.MAX_QUERY_WORDS - 1


@given(st.lists(st.text(ALPHABET, min_size=1, max_size=6), min_size=2, max_size=8))
def test_sort_keys_follow_the_romanian_alphabet(words):
    by_key = sorted(words, key=lambda word: text.sort_key(word).encode())
    assert by_key == sorted(words, key=lambda word: [ALPHABET.index(letter) for letter in word])


def test_a_list_of_names_is_in_romanian_order():
    names = ["Ana", "Ană", "Anca", "ăsta", "âst", "baba", "Iz", "înalt", "Joc", "sz", "șa", "tz", "țar", "Ut"]
    shuffled = sorted(names)
    assert sorted(shuffled, key=text.sort_key) == names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ȘTEFAN", "ştefan"),
        ("s\u0326tefan", "ștefan"),
        ("S.C. Alfa S.R.L.", "s c alfa s r l"),
        ("  Alfa   Beta ", "alfa beta"),
        ("École", "ecole"),
        ("İstanbul", "istanbul"),
        ("a\x00b", "a b"),
    ],
)
def test_case_punctuation_and_foreign_marks_do_not_count_in_order(one, other):
    assert text.sort_key(one) == text.sort_key(other)


@given(TYPED)
def test_a_sort_key_is_short_and_storable(typed):
    key = text.sort_key(typed * 5)
    assert len(key) <= text.SORT_KEY_LENGTH
    assert key.isprintable()
