"""Logs: one JSON object a line on standard error, or coloured text for people, without secrets either way.

Everything goes one way, our own events and those of the libraries: the fields of the context (`request_id`
above all) are merged in, then everything is masked, then it is written.
"""

import logging
import logging.config
import sys
from collections.abc import MutableMapping
from typing import Any, Literal, TextIO

import structlog
from structlog.types import Processor, WrappedLogger

from praho.core import masking

# Libraries that tell every step at the levels that we want of ourselves.
_TALKATIVE = ("alembic", "faker", "hpack", "httpcore", "httpx", "markdown_it", "urllib3", "werkzeug")
# Names that the machinery itself fills in.
_OWN_FIELDS = frozenset({"timestamp", "level", "logger", "request_id"})


def configure(level: str = "info", style: Literal["json", "text"] = "json", stream: TextIO | None = None) -> None:
    """Set up logging for this process; calling it again replaces what was there.

    `level` is the least level logged (`debug`, `info`, `warning`, `error`); `stream` is standard error unless
    given.
    """
    output = stream or sys.stderr
    handler = logging.StreamHandler(output)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_shared(),
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_writing(style, output)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.captureWarnings(True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return a logger of structured events: `log.info("invoice_issued", invoice="inv_…")`."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def mask(_logger: WrappedLogger, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask an event, at any depth; the last step before it is written."""
    machinery = {name: event[name] for name in _OWN_FIELDS & event.keys()}
    masked: MutableMapping[str, Any] = masking.value(dict(event))
    return {**masked, **machinery}


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        # Before the masking, for a traceback repeats what the error's text says.
        structlog.processors.format_exc_info,
    ]


def _writing(style: Literal["json", "text"], output: TextIO) -> list[Processor]:
    if style == "json":
        return [mask, structlog.processors.JSONRenderer(ensure_ascii=False, default=str)]
    return [
        mask,
        structlog.dev.ConsoleRenderer(
            colors=output.isatty(), pad_event_to=0, exception_formatter=structlog.dev.plain_traceback
        ),
    ]
