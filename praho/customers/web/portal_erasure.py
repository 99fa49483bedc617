"""Asking to be forgotten, by an owner in the portal."""

from flask import flash, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField
from wtforms.validators import DataRequired, Length

from praho.core.errors import PrahoError
from praho.core.i18n import gettext as _
from praho.core.i18n import lazy_gettext
from praho.core.principal import current_principal
from praho.core.web import form_tokens, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.customers.permissions import ASK_TO_BE_ERASED
from praho.customers.services import erasure_requests
from praho.customers.web import labels
from praho.models.customers import ErasureState

bp = SurfaceBlueprint("customers_erasure_portal", __name__, Surface.PORTAL)


class AskForm(FlaskForm):  # type: ignore[misc]
    """Asks for the password: a borrowed browser must not do this."""

    password = PasswordField(
        lazy_gettext("Present password"),
        [DataRequired(lazy_gettext("Please fill in this field.")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


@bp.route("/erasure", permission=ASK_TO_BE_ERASED, methods=["GET", "POST"])
def ask() -> Response:
    """Say what erasing means and take in the wish; show how far an earlier one is."""
    customer_id = current_principal().customer_id
    assert customer_id is not None
    form = AskForm()
    status = 200
    if form.validate_on_submit():
        try:
            erasure_requests.ask(customer_id, password=form.password.data, form_token=form_tokens.submitted())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("We have your request, and answer by mail."), "success")
            return htmx.go_to(url_for(".ask"))
    row = erasure_requests.own_newest(customer_id)
    return htmx.render(
        "customers/portal/erasure.html",
        status=422 if form.errors and status == 200 else status,
        form=form,
        form_token=request.form.get(form_tokens.FIELD) or form_tokens.new_form_token(),
        row=row,
        open=row is not None and row.state is ErasureState.OPEN,
        labels=labels,
    )
