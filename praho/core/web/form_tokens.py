"""One effect for each rendered form, however often it is sent.

A form that moves money or creates something carries a random token. The command spends it in its own
transaction: the second sender waits for the first and gets the first one's result.
"""

import secrets
from collections.abc import Callable

import flask
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from praho.core import clock
from praho.core.db.uow import require_unit_of_work
from praho.core.errors import Conflict
from praho.core.i18n import gettext as _
from praho.core.web.tables import SpentFormToken

FIELD = "form_token"


def new_form_token() -> str:
    """Return a token for one rendering of a form."""
    return secrets.token_urlsafe(24)


def submitted() -> str:
    """Return the token that the form at hand carries; empty where it carries none."""
    return flask.request.form.get(FIELD, "")


def once(token: str, purpose: str, act: Callable[[], str]) -> str:
    """Run `act` unless `token` was spent before, and return its result, or the first run's.

    Needs a unit of work; the token is spent with its commit. A token spent for another purpose, or an empty
    one, is a Conflict.
    """
    if not token or len(token) > 60:
        raise Conflict(_("This form has expired. Please open the page again."))
    session = require_unit_of_work().session
    spent = session.execute(
        insert(SpentFormToken.__table__)  # type: ignore[arg-type]
        .values(token=token, purpose=purpose, spent_at=clock.machine_now())
        .on_conflict_do_nothing()
        .returning(SpentFormToken.__table__.c.token)
    ).scalar()
    if spent is None:
        return _first_result(token, purpose)
    result = act()
    session.execute(
        update(SpentFormToken.__table__)  # type: ignore[arg-type]
        .where(SpentFormToken.__table__.c.token == token)
        .values(result=result)
    )
    return result


def _first_result(token: str, purpose: str) -> str:
    session = require_unit_of_work().session
    first = session.scalar(select(SpentFormToken).where(SpentFormToken.token == token))
    if first is None or first.purpose != purpose or first.result is None:
        raise Conflict(_("This form has expired. Please open the page again."))
    return first.result
