"""Setting up number series: a new one takes over from the active one of its kind; prefixes are never used again."""

from psycopg.errors import UniqueViolation
from sqlalchemy.exc import IntegrityError

from praho.audit.services import recording
from praho.billing.documents import repos
from praho.billing.documents.services import numbering
from praho.core import clock
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, Invalid
from praho.core.i18n import gettext as _
from praho.models.billing.documents import NumberSeries, SeriesKind

_ONE_ACTIVE = "uq_billing_number_series_active"


def listed() -> list[NumberSeries]:
    """Return every series, the active ones first."""
    return repos.all_series()


def open_series(kind: SeriesKind, prefix: str, padding: int, next_number: int) -> None:
    """Open a series and close the active one of its kind, waiting for an invoice that is being issued.

    A prefix with `{year}` makes a yearly series: this year's now, and each later year its own. Raises Invalid for a
    prefix that was used before, Conflict where somebody else opens the first one just now.
    """
    is_yearly = numbering.YEAR in prefix
    year = clock.today().year
    written = numbering.prefix_of(prefix, year)
    taken = {"prefix": _("This prefix was used before; a series keeps its prefix for ever.")}
    try:
        with unit_of_work():
            active = numbering.locked_active(kind)
            if active is not None:
                active.active = False
                session().flush()
            session().add(
                NumberSeries(
                    kind=kind,
                    prefix=written,
                    padding=padding,
                    first_number=next_number,
                    next_number=next_number,
                    pattern=prefix if is_yearly else None,
                    year=year if is_yearly else None,
                    active=True,
                )
            )
            session().flush()
            recording.record(
                "series.opened",
                subject=("number_series", written),
                changes={"prefix": [None if active is None else active.prefix, written]},
            )
    except IntegrityError as error:
        if isinstance(error.orig, UniqueViolation) and error.orig.diag.constraint_name == _ONE_ACTIVE:
            raise Conflict(_("Somebody else has opened a series just now. Please look at the list again.")) from error
        raise Invalid(taken["prefix"], fields=taken) from error
