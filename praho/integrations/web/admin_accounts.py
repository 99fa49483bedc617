"""Provider accounts in the admin: the list, one account with its calls, its generated form, its trial."""

from collections.abc import Mapping

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.core.errors import Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import arguments, form_tokens, htmx
from praho.core.web.addresses import absolute
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.integrations import permissions
from praho.integrations.services import browsing, opening, testing
from praho.integrations.services.browsing import AccountView, PluginLine
from praho.integrations.web import columns, labels, settings_form
from praho.models.integrations import ProviderKind
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("providers_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"providers_admin.accounts": 6, "providers_admin.account": 8}


@bp.get("/providers", permission=permissions.VIEW_PROVIDERS)
def accounts() -> Response:
    """List the accounts."""
    return htmx.render(
        "integrations/admin/accounts.html",
        accounts=browsing.accounts(),
        plugins=browsing.plugins(),
        columns=columns.ACCOUNTS,
        labels=labels,
        may_manage=_may_manage(),
    )


@bp.get("/providers/new", permission=permissions.MANAGE_PROVIDERS)
def choose() -> Response:
    """Choose the plugin of a new account."""
    return htmx.render(
        "integrations/admin/choose_plugin.html",
        plugins=browsing.plugins(),
        labels=labels,
        crumbs=(_accounts_crumb(), Crumb(_("New account"))),
    )


@bp.get("/providers/new/<kind>/<name>", permission=permissions.MANAGE_PROVIDERS)
def new_account(kind: str, name: str) -> Response:
    """Show the empty form of a plugin."""
    return _form(_installed(kind, name), None)


@bp.post("/providers/new/<kind>/<name>", permission=permissions.MANAGE_PROVIDERS)
def open_account(kind: str, name: str) -> BaseResponse:
    """Open an account."""
    plugin = _installed(kind, name)
    try:
        public_id = opening.open_account(
            plugin.kind,
            plugin.name,
            settings_form.entered_values(request.form),
            label=request.form.get("label", ""),
            live=_ticked("live"),
            form_token=form_tokens.submitted(),
        )
    except Invalid as refusal:
        return _form(plugin, None, request.form, refusal)
    flash(_("The account was opened. Try it out before you sell through it."), "success")
    return htmx.go_to(url_for("providers_admin.account", public_id=public_id))


@bp.get("/providers/<public_id>", permission=permissions.VIEW_PROVIDERS)
def account(public_id: str) -> Response:
    """Show an account with its settings and its calls."""
    view = browsing.account(public_id)
    shown = () if view.plugin is None else settings_form.fields(view.plugin, view, None, {})
    principal = current_principal()
    return htmx.render(
        "integrations/admin/account.html",
        provider=view,
        fields=shown,
        calls=browsing.calls(view.id, arguments.cursor()),
        columns=columns.CALLS,
        labels=labels,
        may_manage=_may_manage(),
        may_test=principal.may(permissions.TEST_PROVIDERS),
        webhook_url=_webhook_url(view),
        crumbs=(_accounts_crumb(), Crumb(view.label)),
    )


@bp.get("/providers/<public_id>/edit", permission=permissions.MANAGE_PROVIDERS)
def edit(public_id: str) -> Response:
    """Show the form of an account."""
    view = browsing.account(public_id)
    return _form(browsing.plugin(view.kind, view.plugin_name), view)


@bp.post("/providers/<public_id>/edit", permission=permissions.MANAGE_PROVIDERS)
def change(public_id: str) -> BaseResponse:
    """Change an account."""
    try:
        entered = settings_form.entered_values(request.form)
        opening.change(public_id, entered, label=request.form.get("label", ""), live=_ticked("live"))
    except Invalid as refusal:
        view = browsing.account(public_id)
        return _form(browsing.plugin(view.kind, view.plugin_name), view, request.form, refusal)
    flash(_("The account was changed."), "success")
    return htmx.go_to(url_for("providers_admin.account", public_id=public_id))


@bp.post("/providers/<public_id>/switch", permission=permissions.MANAGE_PROVIDERS)
def switch(public_id: str) -> BaseResponse:
    """Switch an account on or off."""
    active = request.form.get("active") == "1"
    opening.switch(public_id, active=active)
    flash(_("The account is switched on.") if active else _("The account is switched off."), "success")
    return htmx.go_to(url_for("providers_admin.account", public_id=public_id))


@bp.post("/providers/<public_id>/test", permission=permissions.TEST_PROVIDERS)
def test(public_id: str) -> BaseResponse:
    """Try an account out."""
    result = testing.test_connection(public_id)
    if result.error is None:
        flash(result.summary, "success")
    else:
        flash(result.error, "error")
    return htmx.go_to(url_for("providers_admin.account", public_id=public_id))


def _form(
    plugin: PluginLine,
    view: AccountView | None,
    typed: Mapping[str, str] | None = None,
    refusal: Invalid | None = None,
) -> Response:
    errors = {} if refusal is None else refusal.fields
    entered = None if typed is None else settings_form.entered_values(typed)
    crumb = Crumb(_("New account")) if view is None else Crumb(view.label)
    return htmx.render(
        "integrations/admin/account_form.html",
        status=200 if refusal is None else refusal.http_status,
        plugin=plugin,
        provider=view,
        label=(view.label if view else plugin.title) if typed is None else typed.get("label", ""),
        label_errors=(errors["label"],) if "label" in errors else (),
        live=(view is not None and view.live) if typed is None else bool(typed.get("live")),
        fields=settings_form.fields(plugin, view, entered, errors),
        refusal=refusal,
        token=form_tokens.new_form_token() if view is None else None,
        crumbs=(_accounts_crumb(), crumb),
    )


def _installed(kind: str, name: str) -> PluginLine:
    for plugin in browsing.plugins():
        if (plugin.kind.value, plugin.name) == (kind, name):
            return plugin
    raise NotFound(_("There is no such plugin."))


def _ticked(name: str) -> bool:
    return bool(request.form.get(name))


def _may_manage() -> bool:
    return current_principal().may(permissions.MANAGE_PROVIDERS)


def _webhook_url(view: AccountView) -> str | None:
    if view.kind is not ProviderKind.PAYMENT:
        return None
    return absolute("integrations_webhooks.payments", account_id=view.public_id)


def _accounts_crumb() -> Crumb:
    return Crumb(_("Providers"), url_for("providers_admin.accounts"))
