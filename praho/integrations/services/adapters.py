"""Building the object that speaks to one account: its plugin, its settings, and the surroundings that it is given."""

import logging
from typing import Any

from praho.core import clock, i18n
from praho.integrations.errors import UnknownPlugin
from praho.integrations.services import loading
from praho.integrations.types import Account
from praho.sdk import settings, settings_values
from praho.sdk.context import PluginContext
from praho.sdk.http_client import HttpClient, Timeouts
from praho.sdk.masking import Masker

_LOGGER = "praho.provider"


class CallLog(logging.Handler):
    """Keeps the lines that a plugin and its HTTP client log during one call, and hands them on to the house's logs."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.INFO:
            self.lines.append(record.getMessage())
        house = logging.getLogger(_LOGGER)
        if house.isEnabledFor(record.levelno):
            house.handle(record)


def build(account: Account, call_log: CallLog, *, seconds: float | None = None) -> Any:
    """Return a fresh adapter for the account; whatever it logs goes to `call_log`.

    `seconds` bounds each HTTP exchange, for calls that somebody waits for. Raises UnknownPlugin, or the kit's
    InvalidSettings where the kept settings no longer fit the plugin.
    """
    plugin = loading.plugin(account.kind, account.plugin)
    values = settings_values.from_stored(plugin.settings, account.values)
    logger = _logger(account, call_log)
    http = HttpClient(logger, secrets=settings_values.secret_values(values), timeouts=_timeouts(seconds))
    context = PluginContext(http=http, clock=clock, logger=logger, locale=i18n.current_locale())
    return plugin.build(values, context)


def masker(account: Account) -> Masker:
    """Return what hides the account's secrets; of a plugin that is gone every value counts as one."""
    try:
        secret = settings.secret_names(loading.plugin(account.kind, account.plugin).settings)
    except UnknownPlugin:
        secret = frozenset(account.values)
    return Masker(frozenset(value for name, value in account.values.items() if name in secret and value))


def _timeouts(seconds: float | None) -> Timeouts:
    usual = Timeouts()
    if seconds is None:
        return usual
    return Timeouts(connect=min(usual.connect, seconds), read=min(usual.read, seconds), total=min(usual.total, seconds))


def _logger(account: Account, call_log: CallLog) -> logging.Logger:
    # One logger a call, outside the tree of loggers: two calls at once must not write into each other's log.
    logger = logging.Logger(f"{_LOGGER}.{account.plugin}.{account.public_id}")  # noqa: LOG001
    logger.setLevel(min(logging.INFO, logging.getLogger(_LOGGER).getEffectiveLevel()))
    logger.addHandler(call_log)
    return logger
