"""Where the buttons of a list of members lead; the portal and the admin share the list."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import url_for


@dataclass(frozen=True, slots=True)
class MemberUrls:
    """Addresses by the public id of a member (`role`, `remove`) or of an invitation (`again`, `withdraw`)."""

    role: Callable[[str], str]
    remove: Callable[[str], str]
    again: Callable[[str], str]
    withdraw: Callable[[str], str]


def of_portal() -> MemberUrls:
    """Return the addresses below the customer at hand."""

    def to(endpoint: str, public_id: str) -> str:
        return url_for(f"customers_members_portal.{endpoint}", public_id=public_id)

    return MemberUrls(
        role=partial(to, "change_role"),
        remove=partial(to, "remove_member"),
        again=partial(to, "invite_again"),
        withdraw=partial(to, "withdraw_invitation"),
    )


def of_admin(customer_public_id: str) -> MemberUrls:
    """Return the addresses below a customer in the admin."""

    def member(endpoint: str, public_id: str) -> str:
        return url_for(f"customers_people_admin.{endpoint}", public_id=customer_public_id, member_id=public_id)

    def invitation(endpoint: str, public_id: str) -> str:
        return url_for(f"customers_people_admin.{endpoint}", public_id=customer_public_id, invitation_id=public_id)

    return MemberUrls(
        role=partial(member, "change_role"),
        remove=partial(member, "remove_member"),
        again=partial(invitation, "invite_again"),
        withdraw=partial(invitation, "withdraw_invitation"),
    )
