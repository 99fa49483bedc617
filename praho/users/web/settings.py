"""A person's own account: name, language and theme; password, sessions and the second factor."""

from typing import Any

import segno
from flask import flash, request, session, url_for
from werkzeug.wrappers import Response

from praho.core.errors import PrahoError
from praho.core.i18n import choose, ngettext
from praho.core.i18n import gettext as _
from praho.core.permissions import SIGNED_IN
from praho.core.principal import current_principal
from praho.core.web import htmx
from praho.core.web.access import safe_next
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.users.services import accounts, confirming, passwords, second_factor
from praho.users.web import browser, devices
from praho.users.web.forms import ChangePasswordForm, EnrolForm, PasswordForm, ProfileForm

bp = SurfaceBlueprint("account_settings", __name__, Surface.ACCOUNT)
_CODES_KEY = "recovery"
QUERY_BUDGETS = {"account_settings.security": 8}


@bp.route("/profile", permission=SIGNED_IN, methods=["GET", "POST"])
def profile() -> Response:
    user_id = me()
    state = accounts.security_state(user_id)
    form = ProfileForm(obj=state)
    if form.validate_on_submit():
        try:
            accounts.change_profile(
                user_id, full_name=form.full_name.data, locale=form.locale.data, theme=form.theme.data
            )
        except PrahoError as refusal:
            show_refusal(form, refusal)
        else:
            choose(form.locale.data)
            flash(_("Your account was changed."), "success")
            return browser.go_to(url_for(".profile"), form.theme.data)
    return _page("profile", form, state=state)


@bp.post("/theme", permission=SIGNED_IN)
def theme() -> Response:
    """Keep what the switch of any page chose; the script that asks stays where it is."""
    chosen = request.form.get("theme", "")
    accounts.choose_theme(me(), chosen)
    response = Response(status=204)
    browser.set_theme(response, chosen)
    return response


@bp.post("/confirmation", permission=SIGNED_IN)
def mail_confirmation() -> Response:
    confirming.mail_again(me())
    flash(_("We mailed you the link once more."), "success")
    return htmx.go_to(url_for(".profile"))


@bp.get("/security", permission=SIGNED_IN)
def security() -> Response:
    here = current_principal().session_id
    sessions = accounts.open_sessions(me())
    before = accounts.sign_in_before(me(), here)
    return htmx.render(
        "users/account/security.html",
        state=accounts.security_state(me()),
        sessions=sessions,
        before=before,
        describe=devices.describe,
        this_session=here,
    )


@bp.post("/sessions/<public_id>/end", permission=SIGNED_IN)
def end_session(public_id: str) -> Response:
    accounts.end_session(me(), public_id)
    flash(_("This browser is signed out."), "success")
    return htmx.go_to(url_for(".security"))


@bp.post("/sessions/end-others", permission=SIGNED_IN)
def end_other_sessions() -> Response:
    ended = accounts.end_other_sessions(me(), current_principal().session_id)
    flash(
        ngettext("%(num)s other browser is signed out.", "%(num)s other browsers are signed out.", ended)
        if ended
        else _("You are signed in here only."),
        "success",
    )
    return htmx.go_to(url_for(".security"))


@bp.route("/password", permission=SIGNED_IN, methods=["GET", "POST"])
def change_password() -> Response:
    form = ChangePasswordForm()
    status = 200
    if form.validate_on_submit():
        try:
            passwords.change(me(), current_principal().session_id, present=form.present.data, new=form.new.data)
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("Your password was changed. Your other browsers are signed out."), "success")
            return htmx.go_to(url_for(".security"))
    return _page("change_password", form, status)


@bp.route("/two-step", permission=SIGNED_IN, methods=["GET", "POST"])
def enrol() -> Response:
    principal = current_principal()
    if principal.second_factor:
        return htmx.go_to(url_for(".security"))
    form = EnrolForm()
    status = 200
    if form.validate_on_submit():
        try:
            codes = second_factor.enrol(
                me(), principal.session_id, sealed=form.sealed.data, code=form.code.data, password=form.password.data
            )
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            return _show_once(codes)
    offer = second_factor.offer_again(me(), form.sealed.data or "")
    form.sealed.data = offer.sealed
    picture = segno.make(offer.uri, error="m").svg_data_uri(scale=5, border=2, light="white")
    return _page("enrol", form, status, offer=offer, picture=picture)


@bp.route("/two-step/off", permission=SIGNED_IN, methods=["GET", "POST"])
def leave_two_step() -> Response:
    form = PasswordForm()
    status = 200
    if form.validate_on_submit():
        try:
            second_factor.leave(me(), password=form.password.data)
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("Two-step sign-in is off."), "success")
            return htmx.go_to(url_for(".security"))
    return _page("leave_two_step", form, status)


@bp.route("/recovery-codes/new", permission=SIGNED_IN, methods=["GET", "POST"])
def renew_codes() -> Response:
    form = PasswordForm()
    status = 200
    if form.validate_on_submit():
        try:
            codes = second_factor.renew_codes(me(), password=form.password.data)
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            return _show_once(codes)
    return _page("renew_codes", form, status)


@bp.get("/recovery-codes", permission=SIGNED_IN)
def recovery_codes() -> Response:
    codes = second_factor.open_codes(current_principal().public_id or "", session.pop(_CODES_KEY, None))
    on = safe_next(request.args.get("next"), url_for(".security"))
    return htmx.render("users/account/recovery_codes.html", codes=codes, on=on)


def me() -> int:
    """Return the id of whoever is signed in; the gate let nobody else here."""
    user_id = current_principal().user_id
    assert user_id is not None
    return user_id


def _show_once(codes: list[str]) -> Response:
    """Carry the codes to the page that shows them, sealed, in the browser's own cookie."""
    session[_CODES_KEY] = second_factor.seal_codes(current_principal().public_id or "", codes)
    return htmx.go_to(url_for(".recovery_codes", next=request.values.get("next")))


def _page(name: str, form: Any, status: int = 200, **values: Any) -> Response:
    status = 422 if form.errors and status == 200 else status
    return htmx.render(
        f"users/account/{name}.html", status=status, form=form, next=request.values.get("next"), **values
    )
