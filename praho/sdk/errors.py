"""Errors that a plugin may raise, and what PRAHO's call wrapper makes of each.

- `NotSent`: nothing happened outside, so the same call may simply be made again.
- `OutcomeUnknown`: becomes `outcomes.Unknown` for a changing operation; a reading one is tried again later.
- `ProviderRefused`: becomes `outcomes.Rejected`; the way in which a reading operation says a definite no.
- any other exception out of a changing operation counts as `outcomes.Unknown` too: the request may have left.

The HTTP client of the context raises the first two by itself, so most plugins only raise `ProviderRefused`.
"""

from collections.abc import Mapping

from praho.sdk.outcomes import Reason
from praho.sdk.texts import Message, source_text


class PluginError(Exception):
    """The root of every error that crosses the border between a plugin and PRAHO."""


class NotSent(PluginError):
    """The request never reached the provider, or the provider declined to look at it (a rate limit)."""


class OutcomeUnknown(PluginError):
    """The request left, and no answer came back that can be understood."""


class ProviderRefused(PluginError):
    """A definite no from the provider; nothing was done."""

    def __init__(self, reason: Reason, staff_text: Message, customer_text: Message | None = None) -> None:
        super().__init__(f"{reason}: {source_text(staff_text)}")
        self.reason = reason
        self.staff_text = staff_text
        self.customer_text = customer_text


class InvalidSignature(PluginError):
    """A webhook that the provider did not sign, or signed for another moment: it is refused and leaves no
    trace.
    """


class InvalidWebhook(PluginError):
    """A webhook with a good signature and a content that makes no sense."""


class UnsupportedOperation(PluginError):
    """The operation belongs to a capability that the plugin does not declare."""


class InvalidSettings(PluginError):
    """Values that the settings of a plugin do not accept; `errors` maps field names to a sentence for
    staff.
    """

    def __init__(self, errors: Mapping[str, Message]) -> None:
        super().__init__("; ".join(f"{name}: {source_text(text)}" for name, text in errors.items()))
        self.errors: dict[str, Message] = dict(errors)


class InvalidPlugin(PluginError):
    """A plugin whose declaration contradicts itself; the message names the plugin and the reason."""
