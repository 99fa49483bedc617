"""What happens to customers, told upwards, and the work that follows from it."""

from dataclasses import dataclass

from praho.core.jobs.kinds import JobKind, Tick
from praho.core.jobs.table import Queue


@dataclass(frozen=True, slots=True)
class CustomerRegistered:
    """A customer was made, with or without an owner."""

    customer_id: int
    public_id: str
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class CustomerProfileChanged:
    """What documents print about a customer was changed; documents issued before keep what they have."""

    customer_id: int
    public_id: str


@dataclass(frozen=True, slots=True)
class MemberRenamed:
    """A user who may be a member of customers has another name."""

    user_id: int


@dataclass(frozen=True, slots=True)
class CompanyWork:
    """The payload of asking the registers about one customer."""

    customer_id: int


CHECK_COMPANY = JobKind("customers.check_company", CompanyWork, queue=Queue.LOW)
RECHECK_COMPANIES = JobKind("customers.recheck_companies", Tick, queue=Queue.LOW)
RECHECK_VAT_IDS = JobKind("customers.recheck_vat_ids", Tick, queue=Queue.LOW)
REFRESH_SEARCH = JobKind("customers.refresh_search", MemberRenamed, queue=Queue.LOW)
