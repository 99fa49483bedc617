"""The store of the archive as staff set it up, and how the archive stands."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from praho.audit.services import recording
from praho.billing.documents import repos
from praho.billing.documents.gateways import objects
from praho.core import clock
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.i18n import ngettext
from praho.core.ids import new_public_id
from praho.models.billing.archive import ArchiveStore

_PROBE = "praho-archive-probe"


@dataclass(frozen=True, slots=True)
class StoreInput:
    """A bucket as typed. An empty `endpoint` is Amazon's own; an empty `secret` keeps the one that is there."""

    endpoint: str
    region: str
    bucket: str
    access_key: str
    secret: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How many files are in the database, in stores, and damaged; and the active store."""

    here: int
    moved: int
    damaged: int
    store: ArchiveStore | None


def standing() -> Standing:
    """Return how the archive stands. Two queries."""
    return Standing(*repos.archive_counts(), repos.active_store())


def use(typed: StoreInput) -> None:
    """Move files to this bucket from now on, once it has taken an object and given it back.

    Raises Invalid for what cannot be a bucket, or one that does not answer.
    """
    if typed.endpoint and urlsplit(typed.endpoint).scheme not in ("http", "https"):
        raise Invalid(_("Please correct the marked fields."), fields={"endpoint": _("Start it with https://.")})
    row = repos.store_of(typed.endpoint, typed.bucket)
    secret = typed.secret or (None if row is None else row.secret) or ""
    session().close()
    _probe(objects.Access(typed.endpoint, typed.region, typed.bucket, typed.access_key, secret))
    with unit_of_work():
        _put_away()
        row = repos.store_of(typed.endpoint, typed.bucket)
        if row is None:
            row = ArchiveStore(public_id=new_public_id("ars"), endpoint=typed.endpoint, bucket=typed.bucket)
            row.created_at = clock.now()
            session().add(row)
        row.region, row.access_key, row.secret, row.active = typed.region, typed.access_key, secret, True
        session().flush()
        recording.record(
            "archive.store_used", subject=("archive_store", row.public_id), changes={"bucket": [None, row.bucket]}
        )


def stop() -> None:
    """Keep new files in the database again; what was moved stays where it is, and is read there."""
    with unit_of_work():
        stopped = _put_away()
        if stopped is not None:
            recording.record("archive.store_stopped", subject=("archive_store", stopped.public_id), changes={})


def alarm() -> str | None:
    """Return a sentence where files of the archive are damaged, else None."""
    with entered(SystemScope("health check")):
        _here, _moved, damaged = repos.archive_counts()
    if damaged == 0:
        return None
    return ngettext(
        "%(num)s file of the archive is damaged: restore it from a backup.",
        "%(num)s files of the archive are damaged: restore them from a backup.",
        damaged,
    )


def _put_away() -> ArchiveStore | None:
    row = repos.active_store()
    if row is not None:
        row.active = False
        session().flush()
    return row


def _probe(access: objects.Access) -> None:
    content = clock.machine_now().isoformat().encode()
    try:
        objects.put(access, _PROBE, content)
        answered = objects.get(access, _PROBE) == content
    except objects.StoreUnavailable as error:
        sentence = _("The store does not take files: %(answer)s", answer=str(error)[:200])
        raise Invalid(sentence, fields={"bucket": sentence}) from error
    if not answered:
        raise Invalid(_("The store gives back something else than it was given."))
