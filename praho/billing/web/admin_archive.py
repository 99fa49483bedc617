"""The archive in the admin: where its files are, and the store that they move to."""

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.billing import permissions
from praho.billing.documents.services import archive_store
from praho.billing.web.forms import StoreForm
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal

bp = SurfaceBlueprint("billing_archive", __name__, Surface.ADMIN)


@bp.get("/archive", permission=permissions.VIEW_TAX_SETTINGS)
def archive() -> Response:
    """Show where the files of documents are."""
    return _page(None, 200)


@bp.post("/archive", permission=permissions.MANAGE_TAX_SETTINGS)
def use() -> BaseResponse:
    """Move files to a bucket from now on."""
    form = StoreForm()
    if not form.validate():
        return _page(form, 422)
    typed = archive_store.StoreInput(
        endpoint=(form.endpoint.data or "").strip().rstrip("/"),
        region=form.region.data.strip(),
        bucket=form.bucket.data.strip(),
        access_key=form.access_key.data.strip(),
        secret=form.secret.data or "",
    )
    try:
        archive_store.use(typed)
    except Invalid as refusal:
        show_refusal(form, refusal)
        return _page(form, refusal.http_status)
    flash(_("The store answers. Files move there from now on, the oldest first."), "success")
    return htmx.go_to(url_for(".archive"))


@bp.post("/archive/stop", permission=permissions.MANAGE_TAX_SETTINGS)
def stop() -> BaseResponse:
    """Keep new files in the database again."""
    archive_store.stop()
    flash(_("New files stay in the database. What was moved is read where it is."), "success")
    return htmx.go_to(url_for(".archive"))


def _page(form: StoreForm | None, status: int) -> Response:
    standing = archive_store.standing()
    return htmx.render(
        "billing/admin/archive.html",
        status=status,
        standing=standing,
        form=form or StoreForm(formdata=None, obj=standing.store),
        may_manage=current_principal().may(permissions.MANAGE_TAX_SETTINGS),
    )
