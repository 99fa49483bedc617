"""Which names are free: every registrar asked at once, and none waited for longer than a visitor would wait."""

import contextvars
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from praho.core.db.scope import SystemScope, entered
from praho.core.identifiers import domain_name
from praho.core.identifiers.domain_name import DomainName, InvalidDomainName
from praho.core.money import Money
from praho.domains import gateways, repos
from praho.integrations.services import calling
from praho.sdk import registrars
from praho.sdk.errors import NotSent, OutcomeUnknown, ProviderRefused
from praho.sdk.registrars import AvailabilityStatus

DEADLINE_SECONDS = 6.0
_MOST_CALLS = 8


@dataclass(frozen=True, slots=True)
class Availability:
    """What can be said of one name now.

    `status` is UNKNOWN where its registrar does not answer in time, NOT_ALLOWED where we sell no such ending. A
    premium name is not sold at the list price; `price` is the registry's own, net, where it tells one.
    """

    name: DomainName
    status: AvailabilityStatus
    premium: bool = False
    price: Money | None = None

    @property
    def orderable(self) -> bool:
        """Whether the name can be ordered at the list price."""
        return self.status is AvailabilityStatus.AVAILABLE and not self.premium


def check(names: Iterable[str], deadline: float = DEADLINE_SECONDS) -> list[Availability]:
    """Say of each name whether it can be registered, in the order asked; `deadline` is in seconds for all of them.

    Any scope may ask, outside a unit of work. Raises InvalidDomainName for what is no name at all. A name that is
    ours, or about to be, is taken whatever the registry says.
    """
    parsed = [domain_name.parse(name) for name in names]
    with entered(SystemScope("domain search")):
        ours = repos.live_names(name.ascii for name in parsed)
        accounts = repos.registrars_of_suffixes()
    known = {name.ascii: Availability(name, AvailabilityStatus.TAKEN) for name in parsed if name.ascii in ours}
    asked: dict[int, list[str]] = {}
    for name in parsed:
        account_id = _account(name, accounts)
        if account_id is None:
            known.setdefault(name.ascii, Availability(name, AvailabilityStatus.NOT_ALLOWED))
        elif name.ascii not in known and name.ascii not in asked.get(account_id, ()):
            asked.setdefault(account_id, []).append(name.ascii)
    answers = _ask_all(asked, deadline) if asked else {}
    return [known.get(name.ascii) or _availability(name, answers) for name in parsed]


def _account(name: DomainName, accounts: Mapping[str, int]) -> int | None:
    """Return the registrar account of a name directly under one of our endings, the longest one that fits."""
    try:
        split = domain_name.split(name, accounts)
    except InvalidDomainName:
        return None
    return None if split.below else accounts[split.suffix]


def _ask_all(asked: Mapping[int, list[str]], deadline: float) -> dict[str, registrars.Availability]:
    calling.end_reading()
    pool = ThreadPoolExecutor(max_workers=min(_MOST_CALLS, len(asked)), thread_name_prefix="availability")
    futures: list[Future[dict[str, registrars.Availability]]] = [
        # Each thread gets a copy of the context: the request's id goes with it into the logs.
        pool.submit(contextvars.copy_context().run, _ask, account_id, names, deadline)
        for account_id, names in asked.items()
    ]
    done, _late = wait(futures, timeout=deadline)
    pool.shutdown(wait=False, cancel_futures=True)
    return {name: answer for future in done for name, answer in future.result().items()}


def _ask(account_id: int, names: list[str], seconds: float) -> dict[str, registrars.Availability]:
    if not calling.account(account_id).active:
        return {}
    try:
        return calling.ask(account_id, "domains.check", lambda adapter: gateways.check(adapter, names), seconds=seconds)
    except (NotSent, OutcomeUnknown, ProviderRefused):
        return {}


def _availability(name: DomainName, answers: Mapping[str, registrars.Availability]) -> Availability:
    answer = answers.get(name.ascii)
    if answer is None:
        return Availability(name, AvailabilityStatus.UNKNOWN)
    return Availability(name, answer.status, answer.premium, answer.price)
