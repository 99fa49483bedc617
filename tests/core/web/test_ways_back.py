"""Where a form may lead back to: paths of this site and nothing else."""

import pytest

from praho.core.web.access import safe_next


@pytest.mark.parametrize("target", ["/admin/orders?state=open", "/", "/a?next=//b.example"])
def test_a_path_of_this_site_is_kept(target):
    assert safe_next(target, "/else") == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "https://b.example/",
        "//b.example",
        "/\\b.example",
        "/\t/b.example",
        "javascript:x",
        "a",
        "//[",
        "http://[",
    ],
)
def test_anything_else_is_not(target):
    assert safe_next(target, "/else") == "/else"
