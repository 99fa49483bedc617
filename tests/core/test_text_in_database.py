"""PostgreSQL finds and sorts as the kernel's text functions say."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from praho.core import text

STORABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
FINDS = sql("SELECT array_to_tsvector(string_to_array(:document, ' ')) @@ CAST(:query AS tsquery)")
SORTED = sql('SELECT key FROM unnest(CAST(:keys AS text[])) AS key ORDER BY key COLLATE "C"')
in_one_database = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def database_finds(db, query, document):
    prepared = text.prefix_query(query)
    return prepared is not None and db.execute(FINDS, {"document": document, "query": prepared}).scalar_one()


@pytest.mark.parametrize(
    ("query", "part", "found"),
    [
        ("ștef fii", "Ştefan & Fiii S.R.L.", True),
        ("ion.popescu@fir", "ion.popescu@firma.com.ro", True),
        ("exh1", "EXH-000001", True),
        ("ro 1439", "RO14399840", True),
        ("1e5", "1e5", True),
        ("4399", "RO14399840", False),
        ("fan", "Ștefan", False),
        ("'; DROP TABLE jobs; --", "drop table jobs", True),
    ],
)
def test_the_database_finds_what_the_functions_promise(db, query, part, found):
    assert database_finds(db, query, text.search_document(part)) is found


@in_one_database
@given(STORABLE, st.data())
def test_the_database_takes_any_document_and_finds_every_beginning(db, typed, data):
    words = text.words(typed)
    document = text.search_document(typed)
    if words:
        word = data.draw(st.sampled_from(words))
        assert database_finds(db, word[: data.draw(st.integers(1, len(word)))], document)
    else:
        assert not database_finds(db, typed, document)


@in_one_database
@given(st.lists(STORABLE, max_size=8))
def test_the_database_sorts_keys_as_python_does(db, typed):
    keys = [text.sort_key(each) for each in typed]
    assert list(db.execute(SORTED, {"keys": keys}).scalars()) == sorted(keys, key=str.encode)
