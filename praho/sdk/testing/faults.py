"""What can go wrong between PRAHO and a provider."""

from enum import StrEnum


class Fault(StrEnum):
    """A misfortune that a plugin must be able to tell apart from the others, or at least from success."""

    UNREACHABLE = "unreachable"
    """Nothing listens at the address: the request cannot leave."""
    BEFORE_APPLY = "before_apply"
    """The connection breaks after the request left; nothing was done."""
    AFTER_APPLY = "after_apply"
    """It was done, and the connection breaks before the answer."""
    SLOW = "slow"
    """It was done, and the answer comes after the read limit."""
    MALFORMED = "malformed"
    """It was done, and the answer is cut off."""
    NONSENSE = "nonsense"
    """It was done, and the answer is well formed but says nothing that the plugin expects."""
    ERROR_500 = "error_500"
    """The answer is a 500, which proves neither."""
    REFUSED = "refused"
    """The provider says no in its own clear way; nothing was done."""


class WebhookFault(StrEnum):
    """What can be wrong with a webhook."""

    UNSIGNED = "unsigned"
    FORGED = "forged"
    """Signed with another secret."""
    TAMPERED = "tampered"
    """Changed by one byte after it was signed."""
    NONSENSE = "nonsense"
    """Signed well, with a content that makes no sense."""


# How long a slow answer takes at least, and how long the suites wait for one: neither depends on the machine.
SLOW_ANSWER_SECONDS = 1.0
IMPATIENT_READ_SECONDS = 0.25
