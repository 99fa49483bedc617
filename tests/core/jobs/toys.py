"""A kind of job that says a word, and short ways to enqueue, look at and hurry jobs."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import text, update

from praho.core.db import scope
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs import queueing
from praho.core.jobs.kinds import Again, JobHandler, JobKind
from praho.core.jobs.running import Jobs
from praho.core.jobs.table import Job


@dataclass(frozen=True, slots=True)
class Word:
    word: str


@dataclass(frozen=True, slots=True)
class Other:
    number: int


SAY = JobKind("test.say", Word)


@dataclass
class Said:
    """A handler that notes each word, and does what `then` says for it: raise, or answer."""

    words: list[str] = field(default_factory=list)
    then: dict[str, Any] = field(default_factory=dict)

    def __call__(self, payload: Word) -> Again | None:
        self.words.append(payload.word)
        outcome = self.then.get(payload.word)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome() if callable(outcome) else outcome

    @property
    def jobs(self) -> Jobs:
        return Jobs({SAY.name: JobHandler(SAY, self)})


def put(word: str, kind: JobKind[Any] = SAY, **options: Any) -> bool:
    """Enqueue the job that says a word, with the word as its occasion."""
    with entered(SystemScope("test")), unit_of_work():
        return queueing.enqueue(kind, Word(word), occasion=word, **options)


def row(word: str, kind: JobKind[Any] = SAY) -> Job:
    """Return the job of a word as it is now."""
    with entered(SystemScope("test")) as session:
        found = session.query(Job).filter_by(key=f"{kind.name}:{word}").one()
        session.expunge(found)
        return found


def hurry() -> None:
    """Let every waiting job be due, and every lease be over, whatever the time."""
    long_ago = text("now() - interval '1 hour'")
    with entered(SystemScope("test")), unit_of_work():
        session = scope.session()
        session.execute(update(Job).values(run_at=long_ago))
        session.execute(update(Job).where(Job.lease_until.is_not(None)).values(lease_until=long_ago))


def run_all(jobs: Jobs) -> int:
    """Run what is due now, one after the other, and return how many there were."""
    done = 0
    while jobs.run_one("test"):
        done += 1
    return done


NO_TIME = timedelta(0)
