"""The bank's pages: what is to be paid, the ways in which it can end, and the extra authentication."""

import hmac
from http import HTTPStatus
from sqlite3 import Row

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from praho_sandbox.world import payments, settling
from praho_sandbox.world.errors import Refusal
from praho_sandbox.world.outside import here
from praho_sandbox.world.rendering import page

bp = Blueprint("pay", __name__, url_prefix="/pay")

AUTHENTICATION_CODE = "246810"

# Why the bank declined, in words for machines; the plugin has the sentences.
DECLINED = "insufficient_funds"
NOT_AUTHENTICATED = "authentication_failed"


@bp.get("/<payment_id>")
def show(payment_id: str) -> str:
    """Show what is to be paid, or how the payment ended."""
    payment = _payment(payment_id)
    template = "pay.html" if payment["state"] == payments.OPEN else "finished.html"
    return page(template, payment["locale"], payment=payment)


@bp.post("/<payment_id>")
def choose(payment_id: str) -> Response | str:
    """End the payment as the customer chose, and send the browser back to the shop."""
    action = request.form.get("action")
    if action == "authenticate":
        return redirect(url_for("pay.authenticate", payment_id=payment_id, lang=request.args.get("lang")))
    if action == "approve":
        return _finish(payment_id)
    if action == "decline":
        return _finish(payment_id, DECLINED)
    if action == "twice":
        return _finish(payment_id, answers=2)
    if action != "silent":
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    _finish(payment_id, silent=True)
    payment = _payment(payment_id)
    return page("silent.html", payment["locale"], payment=payment)


@bp.get("/<payment_id>/authenticate")
def authenticate(payment_id: str) -> Response | str:
    """Ask for the code that a bank would send to the customer's phone."""
    payment = _payment(payment_id)
    if payment["state"] != payments.OPEN:
        return redirect(url_for("pay.show", payment_id=payment_id, lang=request.args.get("lang")))
    return page("authenticate.html", payment["locale"], payment=payment, code=AUTHENTICATION_CODE, wrong=False)


@bp.post("/<payment_id>/authenticate")
def confirm(payment_id: str) -> Response | str:
    """Pay where the code is right, ask again where it is wrong, decline where the customer gives up."""
    if request.form.get("action") == "cancel":
        return _finish(payment_id, NOT_AUTHENTICATED)
    given = request.form.get("code", "").strip()
    if hmac.compare_digest(given.encode(), AUTHENTICATION_CODE.encode()):
        return _finish(payment_id)
    payment = _payment(payment_id)
    return page("authenticate.html", payment["locale"], payment=payment, code=AUTHENTICATION_CODE, wrong=True)


@bp.errorhandler(Refusal)
def refused(refusal: Refusal) -> tuple[str, int]:
    """Show a refusal as a page."""
    return page("refused.html"), refusal.status


def _payment(payment_id: str) -> Row:
    with here().storage.transaction() as connection:
        return payments.by_id(connection, payment_id)


def _finish(payment_id: str, failure: str | None = None, *, answers: int = 1, silent: bool = False) -> Response:
    with here().storage.transaction() as connection:
        payments.by_id(connection, payment_id)
        payment = settling.finish(connection, payment_id, failure, answers=answers, silent=silent)
    here().delivery.wake()
    return redirect(payment["return_url"], HTTPStatus.SEE_OTHER)
