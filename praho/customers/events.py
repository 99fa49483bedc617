"""What happens to customers, told upwards."""

from dataclasses import dataclass


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
