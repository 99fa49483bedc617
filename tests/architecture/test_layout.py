"""The tree of the house, and what its files may not contain."""

import re
from pathlib import Path

from praho import config
from tests.architecture import sources

FOLDERS = (
    "praho", "plugins", "migrations", "translations", "tests", "docs", "docs/decisions", "deploy", "benchmarks",
    "instance", ".ci",
)  # fmt: skip
FILES = (
    "wsgi.py", "pyproject.toml", "requirements.txt", "requirements-dev.txt", "docker-compose.yml", "Dockerfile",
    "Makefile", "README.md", "CONTRIBUTING.md", ".env.example", ".ci/run",
)  # fmt: skip
VAGUE_NAMES = {"utils", "util", "helpers", "common", "misc"}


def test_every_folder_of_the_house_exists():
    assert [name for name in FOLDERS if not (sources.ROOT / name).is_dir()] == []


def test_every_file_of_the_house_exists():
    assert [name for name in FILES if not (sources.ROOT / name).is_file()] == []


def test_packages_are_no_reexport_hubs():
    filled = [str(path) for path in sources.modules() if path.name == "__init__.py" and sources.text(path)]
    assert filled == []


def test_every_folder_of_python_is_a_package():
    folders = {parent for path in sources.files(".py", "praho") for parent in path.parents if parent.parts}
    assert [str(folder) for folder in sorted(folders) if not (sources.ROOT / folder / "__init__.py").exists()] == []


def test_names_say_what_is_inside():
    assert [str(path) for path in sources.modules() if path.stem in VAGUE_NAMES] == []


def test_lock_files_pin_with_hashes_and_name_no_index():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = sources.text(Path(name))
        assert not re.search(r"https?://|file:|--index|--extra-index|--find-links|--trusted-host", text), name
        pins = re.findall(r"^[a-z0-9][^\s\\]*==[^\s\\]+(?: ; [^\\\n]+)? (\\?)$", text, re.MULTILINE)
        packages = re.findall(r"^[a-zA-Z0-9]", text, re.MULTILINE)
        assert len(pins) == len(packages) > 30, name
        assert all(continuation == "\\" for continuation in pins), name


def test_lock_files_agree():
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9][^\s]*==[^\s]+", sources.text(Path(name)), re.MULTILINE))

    assert pins("requirements.txt") - pins("requirements-dev.txt") == set()


def test_example_of_the_environment_is_current():
    assert sources.text(Path(".env.example")) == config.example()


def test_every_deploy_setting_has_a_consumer():
    elsewhere = [path for path in sources.modules("praho") if path != Path("praho/config.py")]
    read = {name for path in elsewhere for name in re.findall(r"\bconfig\.(\w+)", sources.text(path))}
    own = set(re.findall(r"self\.(\w+)", sources.text(Path("praho/config.py"))))
    assert set(config.Config.model_fields) - read - own == set()
