"""Promo codes in the admin: the list, one code with its uses and what it cost, and making, changing, pausing it."""

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.catalogue import permissions
from praho.catalogue.services import codes
from praho.catalogue.types import CYCLE_NAMES, CodePhase, CodeView, RedemptionLine, in_language
from praho.catalogue.web import code_labels as labels
from praho.catalogue.web import subject_links, switching
from praho.catalogue.web.code_forms import CodeForm, of_code
from praho.core import clock
from praho.core.errors import PrahoError
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import arguments, exports, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.models.catalogue import BillingCycle, Product
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("catalogue_codes_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"catalogue_codes_admin.listing": 7, "catalogue_codes_admin.code": 10}


@bp.get("/catalogue/codes", permission=permissions.VIEW_CATALOGUE)
def listing() -> Response:
    """List the promo codes."""
    phase, search = arguments.chosen("phase", CodePhase), arguments.text()
    return htmx.render(
        "catalogue/admin/codes.html",
        page=codes.listed(phase, search, arguments.cursor()),
        phase=phase,
        search=search,
        labels=labels,
        may_manage=current_principal().may(permissions.MANAGE_CATALOGUE),
    )


@bp.get("/catalogue/codes/uses.csv", permission=permissions.VIEW_CATALOGUE)
def export() -> Response:
    """Hand out the uses of every code as a file."""
    return _uses_file("promo-codes", None)


@bp.route("/catalogue/codes/new", permission=permissions.MANAGE_CATALOGUE, methods=["GET", "POST"])
def new() -> BaseResponse:
    """Make a code, empty or like another one."""
    form = CodeForm(data=_like(request.args.get("like", "")))
    status = 200
    if form.validate_on_submit():
        try:
            public_id = codes.create(form.typed())
        except PrahoError as refusal:
            _show(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The code was made."), "success")
            return htmx.go_to(url_for(".code", public_id=public_id))
    return _form_page(form, _("New code"), url_for(".listing"), status)


@bp.get("/catalogue/codes/<public_id>", permission=permissions.VIEW_CATALOGUE)
def code(public_id: str) -> Response:
    """Show a code, who used it, and what it cost."""
    view = codes.shown(public_id)
    return htmx.render(
        "catalogue/admin/code.html",
        view=view,
        page=codes.redemptions(view.row.id, arguments.cursor()),
        plans=_plan_names(view),
        cycle_names=[CYCLE_NAMES[BillingCycle(cycle)] for cycle in view.row.cycles],
        labels=labels,
        link_to=subject_links.in_admin,
        crumbs=_crumbs(view.row.code),
        may_manage=current_principal().may(permissions.MANAGE_CATALOGUE),
    )


@bp.get("/catalogue/codes/<public_id>/uses.csv", permission=permissions.VIEW_CATALOGUE)
def export_code(public_id: str) -> Response:
    """Hand out the uses of one code as a file."""
    row = codes.shown(public_id).row
    return _uses_file(f"promo-code-{row.code.lower()}", row.id)


@bp.route("/catalogue/codes/<public_id>/edit", permission=permissions.MANAGE_CATALOGUE, methods=["GET", "POST"])
def edit(public_id: str) -> BaseResponse:
    """Change a code."""
    row = codes.shown(public_id).row
    form = CodeForm(data=of_code(row, _public_ids()))
    status = 200
    if form.validate_on_submit():
        try:
            codes.change(public_id, form.typed())
        except PrahoError as refusal:
            _show(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The code was changed. Orders placed before keep what they got."), "success")
            return htmx.go_to(url_for(".code", public_id=public_id))
    return _form_page(form, row.code, url_for(".code", public_id=public_id), status)


@bp.post("/catalogue/codes/<public_id>/pause", permission=permissions.MANAGE_CATALOGUE)
def pause(public_id: str) -> BaseResponse:
    """Let a code hold no longer for now."""
    return switching.switch(
        codes.pause,
        public_id,
        _("The code holds no longer. Orders placed before keep what they got."),
        url_for(".code", public_id=public_id),
    )


@bp.post("/catalogue/codes/<public_id>/resume", permission=permissions.MANAGE_CATALOGUE)
def resume(public_id: str) -> BaseResponse:
    """Let a paused code hold again."""
    return switching.switch(codes.resume, public_id, _("The code holds again."), url_for(".code", public_id=public_id))


def _form_page(form: CodeForm, title: str, cancel_url: str, status: int) -> Response:
    form.offer(
        [(row.public_id, in_language(row.name, current_locale())) for row in _products()],
        [row.name for row in codes.every_ending()],
    )
    status = 422 if form.errors and status == 200 else status
    return htmx.render(
        "catalogue/admin/code_form.html",
        status=status,
        form=form,
        title=title,
        cancel_url=cancel_url,
        crumbs=_crumbs(title),
    )


def _show(form: CodeForm, refusal: PrahoError) -> None:
    """Show a refusal; what is said about the amounts stands beside the first of them."""
    about_amounts = refusal.fields.pop("amounts", None)
    if about_amounts is not None:
        refusal.fields["amount_ron"] = about_amounts
    show_refusal(form, refusal)


def _like(public_id: str) -> dict[str, object] | None:
    """Return the values for a code like another one, with a name of its own still to be found."""
    if not public_id:
        return None
    row = codes.shown(public_id).row
    return {**of_code(row, _public_ids()), "code": "", "valid_from": max(row.valid_from, clock.today())}


def _uses_file(name: str, code_id: int | None) -> Response:
    rows = exports.every(lambda cursor: codes.redemptions(code_id, cursor))
    header = (
        _("Code"), _("Order"), _("Customer"), _("Placed"), _("State"), _("Discount, without VAT"), _("Currency"),
    )  # fmt: skip
    return exports.csv_file(name, header, (_cells(row) for row in rows))


def _cells(row: RedemptionLine) -> tuple[object, ...]:
    return (
        row.code, row.order_number, row.customer_name, clock.local_date(row.created_at),
        labels.REDEMPTION_STATES[row.state].label, row.discount.decimal, row.discount.currency,
    )  # fmt: skip


def _plan_names(view: CodeView) -> list[str]:
    wanted = set(view.row.product_ids)
    return [in_language(row.name, current_locale()) for row in _products() if row.id in wanted] if wanted else []


def _public_ids() -> dict[int, str]:
    return {row.id: row.public_id for row in _products()}


def _products() -> list[Product]:
    return codes.every_plan()


def _crumbs(label: str) -> tuple[Crumb, ...]:
    return (Crumb(_("Promo codes"), url_for(".listing")), Crumb(label))
