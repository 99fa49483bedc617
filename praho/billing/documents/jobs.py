"""Work that follows from a document being issued, and the archive's."""

from praho.billing.documents.services import announcing, archive_moving
from praho.billing.events import DocumentWork
from praho.core.jobs.kinds import Again, Tick


def announce_document(work: DocumentWork) -> None:
    """Mail the document to the customer's billing contacts."""
    announcing.announce(work.document_id)


def move_files(_tick: Tick) -> Again | None:
    """Move files of the archive to the store that is set up; a store without an answer is asked again later."""
    return Again(1.0, "there are more files to move") if archive_moving.move().more else None
