"""What is committed is small, complete and says where it comes from."""

import gzip
import json
import re

import pytest

from praho.ui import assets
from tests.ui import classes, demo, icons

STYLES = classes.ROOT / "praho/ui/css"
LIMIT = 60 * 1024


def compressed(*paths) -> int:
    return sum(len(gzip.compress(path.read_bytes())) for path in paths)


def test_the_stylesheet_is_small():
    assert compressed(classes.STYLESHEET) <= LIMIT


def test_the_scripts_are_small():
    assert compressed(*(assets.STATIC / "js").glob("*.js")) <= LIMIT


def test_the_stylesheet_names_only_files_that_are_there():
    named = re.findall(r"url\(\"?([^)\"]+)\"?\)", classes.STYLESHEET.read_text())
    files = {name for name in named if not name.startswith(("data:", "#"))}
    assert files
    assert [name for name in files if not (assets.STATIC / name).is_file()] == []


def test_the_lock_file_names_no_registry():
    lock = json.loads((STYLES / "package-lock.json").read_text())
    assert lock["packages"]
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []


def test_the_lock_file_pins_what_the_package_file_asks_for():
    wanted = json.loads((STYLES / "package.json").read_text())["devDependencies"]
    locked = json.loads((STYLES / "package-lock.json").read_text())["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_every_icon_that_is_named_exists():
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (assets.STATIC / "icons.svg").read_text()))
    environment = demo.create_app().jinja_env
    named = {path: icons.in_template(environment, path.read_text()) for path in classes.templates()}
    named |= {path: icons.in_module(path.read_text()) for path in classes.modules()}
    missing = {str(path.relative_to(classes.ROOT)): found - sprite for path, found in named.items() if found - sprite}
    assert missing == {}, "add the name to praho/ui/css/icons.txt and run `make css`"


def test_an_address_carries_the_fingerprint_of_the_content():
    assert re.fullmatch(r"/static/praho\.css\?v=[0-9a-f]{12}", assets.asset_url("praho.css"))


def test_an_unknown_file_has_no_address():
    with pytest.raises(FileNotFoundError):
        assets.asset_url("nothing.css")


# Setting a property of `.style` is what the policy allows; writing the attribute or a whole text of styles is not.
_FORBIDDEN = re.compile(r'\beval\b|innerHTML|insertAdjacentHTML|new Function|cssText|\.style\s*=|setAttribute\("style')


def test_no_script_needs_eval_or_writes_markup():
    own = [path for path in (assets.STATIC / "js").glob("*.js") if not path.name.endswith(".min.js")]
    assert own
    assert [path.name for path in own if _FORBIDDEN.search(path.read_text())] == []
