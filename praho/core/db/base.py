"""The declarative base: naming convention, and who may see a table's rows."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from sqlalchemy import BigInteger, ForeignKeyConstraint, Identity, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from praho.core.db.types import UtcDateTime

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

BigId = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
Minor = Annotated[int, mapped_column(BigInteger)]
"""An amount in minor units (bani, cents); its currency stands in the row or in its document."""


class Access(StrEnum):
    """Whose rows a table holds; row-level security and grants follow from it."""

    CUSTOMER = "customer"
    """Rows belong to one customer: the portal's role sees only those of the customer in scope."""
    SHARED = "shared"
    """Everybody may read; only staff and the system write."""
    STAFF = "staff"
    """The portal's role has no access, but for the privileges that the model grants it by name."""


class LockRank(int):
    """Position in the global lock order; a transaction locks in ascending order only."""


CUSTOMER_RANK = LockRank(0)
OWNED_RANK = LockRank(1)
SHARED_RANK = LockRank(2)
SERIES_RANK = LockRank(3)


class Base(DeclarativeBase):
    """Parent of every table. A model declares `__access__`, and may refine grants and its lock rank."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map = {datetime: UtcDateTime}

    __access__: ClassVar[Access]
    __portal_privileges__: ClassVar[tuple[str, ...]] = ()
    """Extra privileges of the portal's role, such as `INSERT` or `SELECT (id)`."""
    __append_only__: ClassVar[bool] = False
    """Nobody but the owner may update or delete rows."""
    __append_only_but__: ClassVar[tuple[str, ...]] = ()
    """Columns of an append-only table that staff's role may update all the same, as far as its triggers let it."""
    __lock_rank__: ClassVar[LockRank] = SHARED_RANK


class CustomerOwned:
    """Mixin of every table whose rows belong to a customer: the column, and the access that follows."""

    __access__: ClassVar[Access] = Access.CUSTOMER
    __lock_rank__: ClassVar[LockRank] = OWNED_RANK

    @declared_attr
    def customer_id(cls) -> Mapped[int]:
        """The owner; a child of an owned row repeats it in a composite foreign key to its parent."""
        return mapped_column(BigInteger, nullable=False, index=True)


def owner_key() -> UniqueConstraint:
    """Return the key that children's composite foreign keys point at."""
    return UniqueConstraint("id", "customer_id")


def of_customer() -> ForeignKeyConstraint:
    """Return the foreign key of an owned row to its customer."""
    return ForeignKeyConstraint(["customer_id"], ["customers_customer.id"])


def child_of(parent: str, column: str) -> ForeignKeyConstraint:
    """Return the composite foreign key that keeps an owned row with its parent's customer."""
    return ForeignKeyConstraint([column, "customer_id"], [f"{parent}.id", f"{parent}.customer_id"])
