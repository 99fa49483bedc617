"""`python -m tests.mutations [WORD…]`: sow the mistakes one by one into a copy of the tree, and see the tests bite.

With words only those mistakes whose names contain one are sown. Ends with 1 where a mistake was let through; `--write
FILE` writes the list with what caught each.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from tests.mutations.seeds import SEEDS, Seed

ROOT = Path(__file__).parents[2]
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "instance", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"
)
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
_HEAD = """# Seeded mutations: the tests bite

Each of these mistakes, sown alone, makes the test beside it fail. They are data in `tests/mutations/seeds.py`;
`python -m tests.mutations` sows them into a copy of the tree, one after the other, and runs the test. A fast test of
the usual suite sees to it that each still fits the code.

| Where | Mistake | In | What stood there | What is sown | Caught by |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Outcome:
    """What became of a mistake: the tests that failed, none where it was let through."""

    seed: Seed
    failed: tuple[str, ...]

    @property
    def caught(self) -> bool:
        return any(name.partition("[")[0] == self.seed.caught_by for name in self.failed)


def main() -> int:
    """Sow, run, tell."""
    asked = argparse.ArgumentParser(prog="python -m tests.mutations")
    asked.add_argument("words", nargs="*")
    asked.add_argument("--write", type=Path)
    options = asked.parse_args()
    seeds = [seed for seed in SEEDS if not options.words or any(word in seed.name for word in options.words)]
    with tempfile.TemporaryDirectory(prefix="praho-mutations-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=_LEFT_OUT)
        healthy = sorted({seed.caught_by for seed in seeds})
        if failed := _run(tree, *healthy):
            click.echo("\n  ".join(("These fail without any mistake:", *failed)))
            return 1
        outcomes = [_sown(tree, seed) for seed in seeds]
    missed = [outcome.seed.name for outcome in outcomes if not outcome.caught]
    click.echo(f"\n{len(outcomes) - len(missed)} of {len(outcomes)} caught")
    if options.write is not None and not missed:
        options.write.write_text(_HEAD + "".join(map(_row, outcomes)), encoding="utf-8")
    return 1 if missed else 0


def _sown(tree: Path, seed: Seed) -> Outcome:
    path = tree / seed.file
    healthy = path.read_text(encoding="utf-8")
    path.write_text(healthy.replace(seed.old, seed.new), encoding="utf-8")
    try:
        outcome = Outcome(seed, _run(tree, seed.caught_by))
    finally:
        path.write_text(healthy, encoding="utf-8")
    click.echo(f"{'caught' if outcome.caught else 'LET THROUGH'}: {seed.name}")
    return outcome


def _run(tree: Path, *tests: str) -> tuple[str, ...]:
    """Run some tests in a tree and return the names of those that failed."""
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", "--no-header", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout + done.stderr)
    return tuple(_FAILED.findall(done.stdout))


def _row(outcome: Outcome) -> str:
    seed = outcome.seed
    old, new = (" ".join(text.split()).replace("|", "\\|") for text in (seed.old, seed.new))
    cells = (seed.area, seed.name, f"`{seed.file}`", f"`{old}`", f"`{new}`", f"`{seed.caught_by}`")
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    sys.exit(main())
