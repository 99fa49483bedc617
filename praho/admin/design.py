"""The page that shows the design system: every component in every state, in both themes."""

from typing import Any

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from praho.core.i18n import gettext as _
from praho.core.permissions import ALL_STAFF, Permission, StaffRole
from praho.core.web import htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.ui import notices, specimens
from praho.ui.environment import THEMES
from praho.ui.navigation import NavItem

VIEW_DESIGN = Permission("admin.design", staff=ALL_STAFF - {StaffRole.AUDITOR})

bp = SurfaceBlueprint("design", __name__, Surface.ADMIN, template_folder="templates")


@bp.get("/design", permission=VIEW_DESIGN)
def components() -> Response:
    """Show everything, in both themes or in the one that the address names."""
    wanted = request.args.get("theme", "")
    shown = [wanted] if wanted in THEMES else list(THEMES)
    labels = {"": _("Both themes"), "light": _("Light"), "dark": _("Dark")}
    items = tuple(
        NavItem(label, url_for(".components", theme=name or None), active=name == (wanted if wanted in THEMES else ""))
        for name, label in labels.items()
    )
    return htmx.render("design/page.html", panels=[_panel(name) for name in shown], theme_items=items)


@bp.get("/design/part", permission=VIEW_DESIGN)
def part() -> Response:
    """Answer what is fetched once it comes into sight."""
    return htmx.render("design/part.html", "design/_part.html")


@bp.get("/design/toast", permission=VIEW_DESIGN)
def toast() -> Response:
    """Show a toast with a button that takes it back."""
    return Response(status=204, headers=notices.toast_header(_("The draft was deleted."), undo_url=url_for(".undo")))


@bp.post("/design/undo", permission=VIEW_DESIGN)
def undo() -> Response:
    """Take back what never happened."""
    flash(_("Everything is as it was."), "success")
    return htmx.go_to(url_for(".components"))


@bp.post("/design/form", permission=VIEW_DESIGN)
def form() -> Response:
    """Check the form of the page: its errors come back into it, and nothing is kept."""
    name = request.args.get("theme", "light")
    panel = _panel(name if name in THEMES else "light")
    panel["form"] = specimens.SpecimenForm(prefix=panel["p"])
    if panel["form"].validate_on_submit():
        notices.flash_undo(_("Saved."), url_for(".undo"))
        return htmx.go_to(url_for(".components"))
    items: tuple[NavItem, ...] = ()
    return htmx.render(
        "design/page.html", "design/_form.html", status=422, panel=panel, panels=[panel], theme_items=items
    )


def _panel(theme: str) -> dict[str, Any]:
    urls = {
        "form": url_for(".form", theme=theme),
        "page": url_for(".components"),
        **{name: url_for(f".{name}") for name in ("part", "toast", "undo")},
    }
    return {**specimens.values(f"{theme}-"), "theme": THEMES[theme], "urls": urls}
