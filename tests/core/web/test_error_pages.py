"""A failure is told on a page of ours, whatever failed."""

import flask
import pytest

from praho.core.web.blueprints import Surface


@pytest.mark.parametrize("surface", [Surface.ADMIN, Surface.PORTAL, Surface.STOREFRONT])
def test_the_page_of_a_failure_asks_the_database_nothing(app, monkeypatch, surface):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    with app.test_request_context("/admin/", headers={"Accept": "text/html"}):
        flask.g.surface = surface
        # No scope is entered here: any question to the database would fail.
        answer = app.handle_exception(RuntimeError("the transaction is broken"))
    assert answer.status_code == 500
    assert "error-page" in answer.get_data(as_text=True)
