"""What is imported is declared, and what is declared is used."""

import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture import sources

PYPROJECT = tomllib.loads(sources.text(Path("pyproject.toml")))
DISTRIBUTIONS = importlib.metadata.packages_distributions()
# The contract suites of the plugin kit, which only tests import.
KIT_TESTS = "praho/sdk/testing"
OURS = {"praho", "migrations", "tests"} | {
    path.parent.name for path in sources.ROOT.glob("plugins/*/src/*/__init__.py")
}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[^\w.-]", requirement, maxsplit=1)[0]) for requirement in requirements}


RUNTIME = names(PYPROJECT["project"]["dependencies"])
TESTING = names(PYPROJECT["project"]["optional-dependencies"]["testing"])
DEV = names(PYPROJECT["dependency-groups"]["dev"])


def undeclared(path: Path, declared: set[str]) -> set[str]:
    imported = {name.split(".")[0] for name in sources.imported_modules(path)}
    foreign = imported - OURS - set(sys.stdlib_module_names) - {"_typeshed"}
    return {name for name in foreign if not {normal(found) for found in DISTRIBUTIONS.get(name, [])} & declared}


@pytest.mark.parametrize(
    ("roots", "declared"),
    [
        (("praho", "migrations"), RUNTIME),
        ((KIT_TESTS,), RUNTIME | TESTING),
        (("tests",), RUNTIME | DEV),
        (("deploy",), set()),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_what_is_imported_is_declared(roots, declared):
    offences = {
        f"{path}: {', '.join(sorted(found))}"
        for path in sources.modules(*roots)
        if roots == (KIT_TESTS,) or not path.is_relative_to(KIT_TESTS)
        if (found := undeclared(path, declared))
    }
    assert offences == set()


def test_a_plugin_declares_what_it_imports():
    offences = set()
    for folder in (sources.ROOT / "plugins").iterdir():
        project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
        declared = names(project["dependencies"])
        for path in sources.modules(str(folder.relative_to(sources.ROOT) / "src")):
            offences |= {f"{path}: {name}" for name in undeclared(path, declared)}
    assert offences == set()


def test_what_is_declared_is_used():
    """By its import name, in code or in a file of the deployment."""
    written = "\n".join(
        sources.text(path)
        for path in (*sources.modules("praho", "plugins", "migrations"), Path("wsgi.py"), Path("Dockerfile"))
    )
    unused = {
        distribution
        for distribution in RUNTIME
        if not any(
            re.search(rf"\b{re.escape(name)}\b", written)
            for name, owners in DISTRIBUTIONS.items()
            if distribution in {normal(owner) for owner in owners}
        )
    }
    assert unused == set()
