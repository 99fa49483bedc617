"""Signing in, up and out; the second factor; forgotten passwords; the language of this browser."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from praho.core import i18n
from praho.core.errors import PrahoError
from praho.core.i18n import gettext as _
from praho.core.permissions import PUBLIC
from praho.core.principal import current_principal
from praho.core.web import htmx
from praho.core.web.access import safe_next
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.models.users import TokenPurpose
from praho.users.errors import LinkExpired
from praho.users.services import (
    accounts,
    confirming,
    links,
    passwords,
    sessions,
    signing_in,
    signing_up,
)
from praho.users.services import second_factor as factor
from praho.users.web import browser
from praho.users.web.forms import CodeForm, EmailForm, NewPasswordForm, SignInForm, SignUpForm

bp = SurfaceBlueprint("account", __name__, Surface.ACCOUNT)
HOME_ENDPOINT = "storefront.my_portal"
"""Where a person goes who is signed in and wants nothing in particular."""


def way_on() -> str:
    """Return where this visitor wanted to go, else home."""
    return safe_next(request.values.get("next"), url_for(HOME_ENDPOINT))


def link_expired(refusal: LinkExpired, again_url: str, again_label: str) -> Response:
    """Show that a mailed link leads nowhere any more, and how to get another."""
    return htmx.render(
        "users/account/link_expired.html", status=refusal.http_status, message=refusal.message,
        again_url=again_url, again_label=again_label,
    )  # fmt: skip


@bp.route("/sign-in", permission=PUBLIC, methods=["GET", "POST"])
def sign_in() -> Response:
    if request.method == "GET" and current_principal().signed_in:
        return redirect(way_on())
    if request.method == "GET" and sessions.pending_of(browser.token()) is not None:
        return redirect(url_for(".second_factor", next=request.args.get("next")))
    form = SignInForm()
    status = 200
    if form.validate_on_submit():
        try:
            opened = signing_in.sign_in(
                form.email.data,
                form.password.data,
                browser.at_hand(),
                known_users=browser.known_users(),
                demo_allowed=browser.on_this_machine(),
            )
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            browser.remember(opened.token, opened.user_public_id)
            if opened.needs_second_factor:
                return browser.go_to(url_for(".second_factor", next=request.values.get("next")), opened.theme)
            return browser.go_to(way_on(), opened.theme)
    return _page("sign_in", form, status)


@bp.route("/second-factor", permission=PUBLIC, methods=["GET", "POST"])
def second_factor() -> Response:
    pending = sessions.pending_of(browser.token())
    token = browser.token()
    if pending is None or token is None:
        principal = current_principal()
        if not principal.signed_in:
            return redirect(url_for(".sign_in", next=request.values.get("next")))
        if principal.second_factor:
            return redirect(way_on())
        return redirect(url_for("account_settings.enrol", next=request.values.get("next")))
    form = CodeForm()
    status = 200
    if form.validate_on_submit():
        try:
            fresh = factor.pass_by(token, pending, form.code.data, browser.at_hand())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            browser.remember(fresh, pending.user_public_id)
            return htmx.go_to(way_on())
    return _page("second_factor", form, status, email=pending.email)


@bp.post("/sign-out", permission=PUBLIC)
def sign_out() -> Response:
    sessions.end(browser.token())
    browser.forget()
    flash(_("You are signed out."), "success")
    return htmx.go_to(url_for(".sign_in"))


@bp.route("/sign-up", permission=PUBLIC, methods=["GET", "POST"])
def sign_up() -> Response:
    if current_principal().signed_in:
        return redirect(way_on())
    form = SignUpForm()
    status = 200
    if form.validate_on_submit():
        try:
            signing_up.sign_up(
                email=form.email.data,
                full_name=form.full_name.data,
                password=form.password.data,
                locale=i18n.current_locale(),
                ip=request.remote_addr,
            )
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            return htmx.go_to(url_for(".check_mail"))
    return _page("sign_up", form, status)


@bp.get("/check-your-mail", permission=PUBLIC)
def check_mail() -> str:
    return render_template("users/account/check_mail.html")


@bp.route("/confirm/<token>", permission=PUBLIC, methods=["GET", "POST"])
def confirm_email(token: str) -> Response:
    try:
        if request.method == "POST":
            confirming.confirm(token, ip=request.remote_addr)
            flash(_("Your e-mail address is confirmed."), "success")
            return htmx.go_to(url_for(HOME_ENDPOINT if current_principal().signed_in else ".sign_in"))
        links.check(token, TokenPurpose.CONFIRM_EMAIL)
    except LinkExpired as refusal:
        return link_expired(refusal, url_for("account_settings.profile"), _("To your account"))
    return htmx.render("users/account/confirm_email.html")


@bp.route("/forgotten-password", permission=PUBLIC, methods=["GET", "POST"])
def forgotten_password() -> Response:
    form = EmailForm()
    status = 200
    if form.validate_on_submit():
        try:
            passwords.forgot(form.email.data, ip=request.remote_addr)
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            return htmx.go_to(url_for(".reset_mailed"))
    return _page("forgotten_password", form, status)


@bp.get("/forgotten-password/mailed", permission=PUBLIC)
def reset_mailed() -> str:
    return render_template("users/account/reset_mailed.html")


@bp.route("/reset-password/<token>", permission=PUBLIC, methods=["GET", "POST"])
def reset_password(token: str) -> Response:
    form = NewPasswordForm()
    status = 200
    try:
        links.check(token, TokenPurpose.RESET_PASSWORD)
        if form.validate_on_submit():
            passwords.reset(token, form.password.data, ip=request.remote_addr)
            browser.forget()
            flash(_("Your password is set. Please sign in with it."), "success")
            return htmx.go_to(url_for(".sign_in"))
    except LinkExpired as refusal:
        return link_expired(refusal, url_for(".forgotten_password"), _("Ask for a new link"))
    except PrahoError as refusal:
        show_refusal(form, refusal)
        status = refusal.http_status
    return _page("reset_password", form, status)


@bp.get("/language/<locale>", permission=PUBLIC)
def language(locale: str) -> Response:
    if locale in i18n.SUPPORTED:
        i18n.choose(locale)
        user_id = current_principal().user_id
        if user_id is not None:
            accounts.choose_language(user_id, locale)
    return redirect(safe_next(request.args.get("next"), url_for(HOME_ENDPOINT)))


def _page(name: str, form: Any, status: int, **values: Any) -> Response:
    """Show a form; what failed the form's own checks is 422 as well."""
    status = 422 if form.errors and status == 200 else status
    return htmx.render(
        f"users/account/{name}.html", status=status, form=form, next=request.values.get("next"), **values
    )
