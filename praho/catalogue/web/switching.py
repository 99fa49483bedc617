"""Buttons that switch something of the catalogue on or off: do it, say what came of it, and show it again."""

from collections.abc import Callable

from flask import flash
from werkzeug.wrappers import Response as BaseResponse

from praho.core.errors import Conflict
from praho.core.web import htmx


def switch(command: Callable[[str], None], public_id: str, message: str, address: str) -> BaseResponse:
    """Run a command on what has a public id and go to its page, with `message` or with why it was refused."""
    try:
        command(public_id)
    except Conflict as refusal:
        flash(str(refusal), "error")
    else:
        flash(message, "success")
    return htmx.go_to(address)
