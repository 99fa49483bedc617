"""One effect for each rendered form, however often it is sent.

A form that moves money or creates something carries a random token. The command spends it in its own
transaction: the second sender waits for the first and gets the first one's result.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta

import flask
from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from praho.core import clock
from praho.core.crypto import hash_token
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import require_unit_of_work, unit_of_work
from praho.core.errors import Conflict
from praho.core.i18n import gettext as _
from praho.core.web.tables import SpentFormToken

FIELD = "form_token"
_LONGEST = 60


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
    if not token or len(token) > _LONGEST:
        raise Conflict(_("This form has expired. Please open the page again."))
    session = require_unit_of_work().session
    key = hash_token(token)
    spent = session.execute(
        insert(SpentFormToken.__table__)  # type: ignore[arg-type]
        .values(token_hash=key, purpose=purpose, spent_at=clock.machine_now())
        .on_conflict_do_nothing()
        .returning(SpentFormToken.__table__.c.token_hash)
    ).scalar()
    if spent is None:
        return _first_result(key, purpose)
    result = act()
    session.execute(
        update(SpentFormToken.__table__)  # type: ignore[arg-type]
        .where(SpentFormToken.__table__.c.token_hash == key)
        .values(result=result)
    )
    return result


def prune(older_than: timedelta) -> int:
    """Forget tokens that were spent longer ago; return how many. Needs a system scope."""
    with unit_of_work() as session:
        old = delete(SpentFormToken).where(SpentFormToken.spent_at < clock.machine_now() - older_than)
        return len(session.execute(old.returning(SpentFormToken.token_hash)).all())


def _first_result(key: str, purpose: str) -> str:
    # The first sender has committed, or the insert would still wait; the portal's role may not read its result.
    with entered(SystemScope("form token")) as session:
        first = session.get(SpentFormToken, key)
    if first is None or first.purpose != purpose or first.result is None:
        raise Conflict(_("This form has expired. Please open the page again."))
    return first.result
