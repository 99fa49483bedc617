"""The list of mistakes fits the code: each stands where it says, and so does the test that has to catch it."""

from collections import Counter
from pathlib import Path

import pytest

from tests.mutations.seeds import SEEDS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_a_mistake_can_still_be_made(seed):
    code = (ROOT / seed.file).read_text(encoding="utf-8")
    assert code.count(seed.old) == 1
    assert seed.new != seed.old
    compile(code.replace(seed.old, seed.new), seed.file, "exec")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_the_test_that_catches_it_is_there(seed):
    file, *names = seed.caught_by.split("::")
    code = (ROOT / file).read_text(encoding="utf-8")
    words = [("class", name) for name in names[:-1]] + [("def", names[-1])]
    assert [name for word, name in words if f"{word} {name}" not in code] == []


def test_there_are_enough_of_every_area():
    assert len({seed.name for seed in SEEDS}) == len(SEEDS) >= 15
    areas = Counter(seed.area for seed in SEEDS)
    assert all(areas[area] >= 3 for area in ("settlement", "totals", "tax", "numbering"))
