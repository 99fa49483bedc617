"""The settings in the admin: one screen for each group, made from what the domains declare."""

from collections.abc import Mapping

from flask import abort, flash, request, url_for
from werkzeug.wrappers import Response

from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.settings_catalogue import SettingKind
from praho.core.web import htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.settings.permissions import CHANGE_SETTINGS, VIEW_SETTINGS
from praho.settings.services import catalogue, changing, company, groups, images, values
from praho.ui.navigation import Crumb, NavItem

bp = SurfaceBlueprint("settings_admin", __name__, Surface.ADMIN)


@bp.get("/settings", permission=VIEW_SETTINGS)
def overview() -> Response:
    return htmx.render("settings/admin/overview.html", groups=groups.listing(), missing=company.missing())


@bp.get("/settings/<group>", permission=VIEW_SETTINGS)
def screen(group: str) -> Response:
    typed = {field.key: _as_typed(values.get(field.key)) for field in catalogue.of_group(group)}
    return _screen(group, typed, {}, 200)


@bp.post("/settings/<group>", permission=CHANGE_SETTINGS)
def save(group: str) -> Response:
    typed = request.form.to_dict()
    try:
        _keep_images(group, typed)
        changing.change(group, typed)
    except Invalid as refusal:
        return _screen(group, typed, refusal.fields, refusal.http_status)
    flash(_("The settings were saved."), "success")
    return htmx.go_to(url_for(".screen", group=group))


@bp.get("/settings/images/<sha256>", permission=VIEW_SETTINGS)
def image(sha256: str) -> Response:
    """Hand out a picture of the settings; its address changes with its content."""
    found = images.find(sha256)
    if found is None:
        abort(404)
    # An SVG may hold scripts: it is drawn by our pages, and a browser that is sent here saves it.
    return Response(
        found.content,
        mimetype=images.MEDIA_TYPES[found.format],
        headers={
            "Content-Disposition": f"attachment; filename=image.{found.format}",
            "Cache-Control": "private, no-cache",
        },
    )


def _keep_images(group: str, typed: dict[str, str]) -> None:
    """Put the hashes of the pictures that came with the form among what was typed; none sent keeps the one there is."""
    for field in catalogue.of_group(group):
        if field.kind is not SettingKind.IMAGE:
            continue
        sent = request.files.get(field.key)
        content = sent.read(images.LARGEST_BYTES + 1) if sent is not None else b""
        typed[field.key] = "" if f"{field.key}-remove" in typed else values.text(field.key)
        if content:
            try:
                typed[field.key] = images.keep(content)
            except Invalid as refusal:
                raise Invalid(str(refusal), fields={field.key: str(refusal)}) from refusal


def _screen(group: str, typed: Mapping[str, str], errors: Mapping[str, object], status: int) -> Response:
    fields = catalogue.of_group(group)
    if not fields:
        abort(404)
    tabs = [
        NavItem(each.title, url_for(".screen", group=each.key), each.icon, each.key == group)
        for each in groups.listing()
    ]
    titles = {each.key: each.title for each in groups.listing()}
    return htmx.render(
        "settings/admin/screen.html",
        status=status,
        fields=fields,
        kinds=SettingKind,
        typed=typed,
        errors=errors,
        tabs=tabs,
        title=titles[group],
        may_change=current_principal().may(CHANGE_SETTINGS),
        crumbs=(Crumb(_("Settings"), url_for(".overview")), Crumb(titles[group])),
    )


def _as_typed(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    return str(value)
