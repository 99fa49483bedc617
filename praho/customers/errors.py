"""Refusals of the customers domain."""

from praho.core.errors import Conflict, Invalid, PrahoError


class LastOwner(Conflict):
    """The command would leave a customer that nobody owns."""

    code = "customers.last_owner"


class StillOpen(Conflict):
    """A customer of whom something lives or is owed cannot be closed."""

    code = "customers.still_open"


class AlreadyMember(Invalid):
    """The invited person is a member of this very customer already."""

    code = "customers.already_member"


class AlreadyInvited(Invalid):
    """The address has an open invitation to this very customer."""

    code = "customers.already_invited"


class InvitationExpired(Conflict):
    """An invitation's link is unknown, used, withdrawn or too old: they look the same."""

    code = "customers.invitation_expired"
    http_status = 410


class LookupUnavailable(PrahoError):
    """A register gave no answer; whatever was asked stays unknown, which is never a no."""

    code = "customers.lookup_unavailable"
    http_status = 503
