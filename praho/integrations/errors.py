"""What goes wrong between PRAHO and its providers."""

from praho.core.errors import Conflict, NotFound, PrahoError


class PluginCannotLoad(RuntimeError):
    """An installed plugin is unusable: PRAHO must not start. The message names the plugin and the reason."""


class UnknownPlugin(LookupError):
    """No plugin of this kind and name is installed."""


class UnknownAccount(NotFound):
    """There is no such provider account."""

    code = "unknown_provider_account"


class PluginMissing(Conflict):
    """A plugin that is not installed, so that nothing can be done through it."""

    code = "plugin_missing"


class BadWebhook(PrahoError):
    """A webhook that its provider did not sign, or that makes no sense; nothing of it was kept."""

    code = "bad_webhook"


class OperationStillOpen(Conflict):
    """Nobody knows yet whether the provider did it, so that nothing may be decided about it."""

    code = "operation_open"
