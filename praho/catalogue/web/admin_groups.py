"""The shelves of the shop in the admin."""

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.catalogue import permissions
from praho.catalogue.services import groups
from praho.catalogue.types import in_language
from praho.catalogue.web import forms, labels
from praho.core.errors import PrahoError
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("catalogue_groups_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"catalogue_groups_admin.listing": 6}


@bp.get("/catalogue/groups", permission=permissions.VIEW_CATALOGUE)
def listing() -> Response:
    """List the groups."""
    return htmx.render(
        "catalogue/admin/groups.html",
        groups=[(row, in_language(row.name, current_locale()), count) for row, count in groups.listed()],
        labels=labels,
        may_manage=current_principal().may(permissions.MANAGE_CATALOGUE),
    )


@bp.route("/catalogue/groups/new", permission=permissions.MANAGE_CATALOGUE, methods=["GET", "POST"])
def new() -> BaseResponse:
    """Make a group."""
    form = forms.GroupForm()
    status = 200
    if form.validate_on_submit():
        try:
            groups.create(form.typed())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The group was made."), "success")
            return htmx.go_to(url_for(".listing"))
    return _page(form, _("New group"), status)


@bp.route("/catalogue/groups/<public_id>", permission=permissions.MANAGE_CATALOGUE, methods=["GET", "POST"])
def edit(public_id: str) -> BaseResponse:
    """Change a group."""
    row = groups.shown(public_id)
    form = forms.GroupForm(data=forms.of_group(row))
    title = in_language(row.name, current_locale())
    status = 200
    if form.validate_on_submit():
        try:
            groups.change(public_id, form.typed())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The group was changed."), "success")
            return htmx.go_to(url_for(".listing"))
    return _page(form, title, status)


def _page(form: forms.GroupForm, title: str, status: int) -> Response:
    status = 422 if form.errors and status == 200 else status
    crumbs = (Crumb(_("Groups"), url_for(".listing")), Crumb(title))
    return htmx.render("catalogue/admin/group.html", status=status, form=form, title=title, crumbs=crumbs)
