"""Setting up number series: a new one takes over from the active one of its kind; prefixes are never used again."""

from sqlalchemy.exc import IntegrityError

from praho.audit.services import recording
from praho.billing.documents import repos
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.models.billing.documents import DocumentKind, NumberSeries


def listed() -> list[NumberSeries]:
    """Return every series, the active ones first."""
    return repos.all_series()


def open_series(kind: DocumentKind, prefix: str, padding: int, next_number: int) -> None:
    """Open a series and close the active one of its kind, waiting for an invoice that is being issued.

    Raises Invalid for a prefix that was used before.
    """
    taken = {"prefix": _("This prefix was used before; a series keeps its prefix for ever.")}
    try:
        with unit_of_work():
            active_id = repos.active_series_id(kind)
            active = None if active_id is None else locking.lock_one(NumberSeries, active_id)
            if active is not None:
                active.active = False
                session().flush()
            session().add(NumberSeries(kind=kind, prefix=prefix, padding=padding, next_number=next_number, active=True))
            session().flush()
            recording.record(
                "series.opened",
                subject=("number_series", prefix),
                changes={"prefix": [None if active is None else active.prefix, prefix]},
            )
    except IntegrityError as error:
        raise Invalid(taken["prefix"], fields=taken) from error
