"""Moving archived files from the database to the active store: copied, read back, and only then forgotten here.

Each file is a transaction of its own, so that a run which was cut short is gone on with by the next one; a file that
was copied and not yet forgotten is copied once more, to the same place.
"""

import hashlib
from dataclasses import dataclass

from praho.billing.documents import repos
from praho.billing.documents.gateways import objects
from praho.billing.documents.services import archiving
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work

BATCH = 200


@dataclass(frozen=True, slots=True)
class Moved:
    """How many files were moved, and whether there are more."""

    count: int
    more: bool


def move(most: int = BATCH) -> Moved:
    """Move the oldest files that are still in the database, at most so many; nothing without an active store.

    Raises `StoreUnavailable` where the store gives no answer, `CopyDiffers` where it gives other bytes back: the
    files that were not moved stay where they are.
    """
    store = repos.active_store()
    if store is None:
        return Moved(0, more=False)
    store_id, access = store.id, archiving.access_of(store)
    ids = repos.files_here(most)
    session().close()
    moved = sum(_move(file_id, store_id, access) for file_id in ids)
    return Moved(moved, more=len(ids) == most)


class CopyDiffers(Exception):
    """The store gave back other bytes than it was given."""


def _move(file_id: int, store_id: int, access: objects.Access) -> int:
    found = repos.file_here(file_id)
    session().close()
    if found is None:
        return 0
    content, sha256, key = found
    if hashlib.sha256(content).hexdigest() != sha256:
        archiving.report(file_id, hashlib.sha256(content).hexdigest())
        return 0
    objects.put(access, key, content)
    if hashlib.sha256(objects.get(access, key)).hexdigest() != sha256:
        raise CopyDiffers(f"the copy of file {file_id} is not what was sent")
    with unit_of_work():
        return repos.forget_content(file_id, store_id, key)
