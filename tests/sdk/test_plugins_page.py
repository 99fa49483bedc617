"""The example of docs/plugins.md is complete and keeps its contract; plugins that do not keep it are caught."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from praho.sdk import payments, provisioners, registrars
from praho.sdk.plugin import Kind

ROOT = Path(__file__).resolve().parents[2]
FILE = re.compile(r"^`([^`\n]+)`:\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)

REFUSES_WHAT_IS_CUT_OFF = """
        if response.body[-1:] != b"}":
            raise ProviderRefused(Reason.OTHER, "?")
        answer = response.answer()"""

# Mistakes that a plugin could be shipped with: what to replace in plugin.py, and by what.
MISTAKES = {
    "takes any status for success": ("if not response.ok:", "if response.status == 599:"),
    "takes a definite no for a silence": ("raise ProviderRefused(REASONS", "raise RuntimeError(REASONS"),
    "takes a silence for a no": ("        answer = response.answer()", REFUSES_WHAT_IS_CUT_OFF),
    "reads without looking": ('id=answer.text("id")', 'id=answer.fields["id"]'),
    "does not find what it made": ('f"/accounts/{idempotency_key}"', '"/accounts/unknown"'),
    "never calls the provider": ('self._ask("GET", "/me")', 'Answer({"login": "me"})'),
    "claims to honour keys": (
        "{provisioners.Capability.CREATE_ACCOUNT, provisioners.Capability.FIND_ACCOUNT}",
        "provisioners.Capability",
    ),
    "logs the token": (
        "        answer = response.answer()",
        "        self.context.logger.info(self.settings.token)\n        answer = response.answer()",
    ),
    "shows the token": ('settings.secret(label=_("API token"))', 'settings.text(label=_("API token"))'),
}


def example() -> dict[str, str]:
    """The files that the page shows, by name."""
    return dict(FILE.findall((ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")))


def install(folder: Path, files: dict[str, str]) -> None:
    """Write the files, and what an installer would note about the package."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    project = tomllib.loads(files["pyproject.toml"])["project"]
    notes = folder / "src" / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    notes.mkdir()
    (notes / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    groups = (
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in project["entry-points"].items()
    )
    (notes / "entry_points.txt").write_text("\n".join(groups))


def with_mistake(number: int, right: str, wrong: str) -> dict[str, str]:
    """The example under a name of its own, with one thing wrong."""
    files = example()
    assert files["src/praho_acme/plugin.py"].count(right) == 1
    files["src/praho_acme/plugin.py"] = files["src/praho_acme/plugin.py"].replace(right, wrong)

    def renamed(text: str) -> str:
        return re.sub(r"(praho[-_]acme|test_acme)", rf"\g<1>{number}", text)

    return {renamed(name): renamed(content) for name, content in files.items()}


def run_contract(folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ".", "tests"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": f"src{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_the_example_is_a_plugin_that_keeps_its_contract(tmp_path):
    files = example()
    assert set(files) == {
        "pyproject.toml",
        "src/praho_acme/__init__.py",
        "src/praho_acme/plugin.py",
        "tests/test_acme.py",
    }
    install(tmp_path, files)
    done = run_contract(tmp_path)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout


@pytest.mark.slow
def test_a_plugin_with_a_mistake_does_not_pass(tmp_path):
    for number, (right, wrong) in enumerate(MISTAKES.values()):
        install(tmp_path, with_mistake(number, right, wrong))
    done = run_contract(tmp_path)
    caught = {int(number) for number in re.findall(r"^FAILED tests/test_acme(\d+)\.py::", done.stdout, re.MULTILINE)}
    assert [mistake for number, mistake in enumerate(MISTAKES) if number not in caught] == [], done.stdout
    assert " errors" not in done.stdout.splitlines()[-1]


def test_the_page_names_every_kind_and_operation():
    page = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    for kind in Kind:
        assert f"`{kind.entry_point_group}`" in page
    for module in (payments, provisioners, registrars):
        for capability in module.Capability:
            assert f"`{capability}`" in page
