"""Messages that can be taken back: after a redirect by `flash_undo`, in the answer to a fragment by `toast_header`."""

import json

import flask

from praho.ui.states import Tone


def flash_undo(text: object, undo_url: str, category: str = "success") -> None:
    """Show `text` on the next page with a button that posts to `undo_url`; that view takes the act back."""
    flask.flash({"text": str(text), "undo": undo_url}, category)  # type: ignore[arg-type]


def toast_header(text: object, tone: Tone = Tone.SUCCESS, undo_url: str = "") -> dict[str, str]:
    """Return the header that shows a toast when htmx gets the answer; with `undo_url`, and a button to take it back."""
    return {"HX-Trigger": json.dumps({"toast": {"message": str(text), "tone": tone, "undo": undo_url}})}
