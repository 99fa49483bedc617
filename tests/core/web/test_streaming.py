"""Answers that are sent while they are made: their scope is theirs alone, and ends with them."""

import pytest

from praho.core.db.scope import NoScope, SystemScope, current_scope, frames
from praho.core.web.streaming import Streamed

SCOPE = SystemScope("test")


def chunks(left):
    def make():
        try:
            for number in range(3):
                assert current_scope() is SCOPE
                yield str(number).encode()
        finally:
            left.append(True)

    return make


def test_all_chunks_come_and_nobody_else_sees_the_scope():
    left = []
    streamed = Streamed(SCOPE, chunks(left))
    for expected in (b"0", b"1", b"2"):
        assert next(streamed) == expected
        with pytest.raises(NoScope):
            current_scope()
    assert list(streamed) == []
    assert left == [True]
    streamed.close()


@pytest.mark.parametrize("end", [Streamed.close, lambda streamed: None], ids=["closed", "let go"])
def test_who_leaves_early_leaves_nothing_behind(end):
    left = []
    streamed = Streamed(SCOPE, chunks(left))
    next(streamed)
    end(streamed)
    del streamed
    assert left == [True]
    assert frames() == ()


def test_what_was_never_begun_needs_no_end():
    left = []
    Streamed(SCOPE, chunks(left)).close()
    assert left == []
