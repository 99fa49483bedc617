"""Becoming a customer, and joining one by invitation."""

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from praho.core import i18n
from praho.core.errors import PrahoError
from praho.core.i18n import gettext as _
from praho.core.permissions import PUBLIC, SIGNED_IN
from praho.core.principal import current_principal
from praho.core.web import form_tokens, htmx
from praho.core.web.access import safe_next
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.customers.errors import InvitationExpired
from praho.customers.services import entering, inviting
from praho.customers.web import labels, looking_up
from praho.customers.web.forms import CustomerFields
from praho.users.web import browser
from praho.users.web.forms import JoinForm

bp = SurfaceBlueprint("customers_account", __name__, Surface.ACCOUNT)
PORTAL_ENDPOINT = "portal.dashboard"


@bp.route("/customers/new", permission=SIGNED_IN, methods=["GET", "POST"])
def new_customer() -> Response:
    principal = current_principal()
    form = CustomerFields(data={"email": principal.email})
    status = 200
    if looking_up.asked():
        looking_up.fill(form)
        status = looking_up.status()
    elif form.validate_on_submit():
        try:
            public_id = entering.register_own(
                form.typed(i18n.current_locale()), form_token=request.form.get(form_tokens.FIELD, "")
            )
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            portal = url_for(PORTAL_ENDPOINT, customer_ref=public_id)
            return htmx.go_to(safe_next(request.args.get("next"), portal))
    fragment = looking_up.FRAGMENT if looking_up.asked() else None
    status = 422 if form.errors and status == 200 and fragment is None else status
    token = request.form.get(form_tokens.FIELD) or form_tokens.new_form_token()
    return htmx.render("customers/account/new_customer.html", fragment, status=status, form=form, form_token=token)


@bp.route("/invitation/<token>", permission=PUBLIC, methods=["GET", "POST"])
def join(token: str) -> Response:
    form = JoinForm()
    status = 200
    try:
        offer = inviting.offer(token)
        if form.validate_on_submit() and not offer.has_account:
            opened = inviting.accept_as_new(
                token, full_name=form.full_name.data, password=form.password.data, browser=browser.at_hand()
            )
            browser.remember(opened)
            return htmx.go_to(url_for(PORTAL_ENDPOINT, customer_ref=offer.customer_public_id))
    except InvitationExpired as refusal:
        return _expired(refusal)
    except PrahoError as refusal:
        show_refusal(form, refusal)
        status = refusal.http_status
    status = 422 if form.errors and status == 200 else status
    return htmx.render(
        "customers/account/invitation.html",
        status=status,
        form=form,
        offer=offer,
        token=token,
        role_label=labels.ROLES[offer.role],
        mine=current_principal().email == offer.email,
        here=request.path,
    )


@bp.post("/invitation/<token>/accept", permission=SIGNED_IN)
def accept(token: str) -> Response:
    user_id = current_principal().user_id
    assert user_id is not None
    try:
        public_id = inviting.accept_as(token, user_id)
    except InvitationExpired as refusal:
        return _expired(refusal)
    flash(_("Welcome. You may act for this customer now."), "success")
    return htmx.go_to(url_for(PORTAL_ENDPOINT, customer_ref=public_id))


def _expired(refusal: InvitationExpired) -> Response:
    return htmx.render("customers/account/invitation_expired.html", status=refusal.http_status, message=refusal.message)
