"""What stands around every list of the admin: the filters that a person has kept, and what many rows can suffer."""

from functools import cached_property

from flask import g, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from praho.core.desk import BulkAction
from praho.core.principal import current_principal
from praho.core.web import form_tokens, fragments
from praho.operations.permissions import KEEP_FILTERS
from praho.operations.services import saved_filters
from praho.operations.services.bulk import starting

LISTS = frozenset(
    {
        "audit_admin.events",
        "billing_admin.documents",
        "customers_admin.customers",
        "domains_admin.domains",
        "jobs_admin.jobs",
        "messages_admin.messages",
        "orders_admin.orders",
        "payments_admin.payments",
        "provisioning_admin.services",
    }
)
"""The lists whose filters can be kept. A list without arguments opens with the person's own filter for it."""
BULK_FORM = "bulk"


class ListDesk:
    """The desk of the list at hand; what is not asked for is not read."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint

    @cached_property
    def bulk_actions(self) -> list[BulkAction]:
        """What whoever looks may do to many rows of this list."""
        return starting.offered(self.endpoint)

    @property
    def bulk(self) -> str:
        """The id of the form that the rows' boxes belong to; empty where nothing can be done to many."""
        return BULK_FORM if self.bulk_actions else ""

    def bulk_bar(self) -> Markup:
        """Return the bar with the buttons; nothing where there are none."""
        if not self.bulk_actions:
            return Markup()
        return fragments.render(
            "admin/_bulk_bar.html",
            {
                "form_id": BULK_FORM,
                "actions": self.bulk_actions,
                "note": next((action.note for action in self.bulk_actions if action.note), ""),
                "token": form_tokens.new_form_token(),
                "back": _here(),
            },
        )

    def saved_filters(self) -> Markup:
        """Return the bar of filters that this person has kept for the list. One query."""
        if not current_principal().may(KEEP_FILTERS):
            return Markup()
        kept = _kept(self.endpoint)
        query = saved_filters.normal(request.query_string.decode())
        return fragments.render(
            "admin/_saved_filters.html",
            {
                "endpoint": self.endpoint,
                "kept": kept,
                "query": query,
                "current": next((one for one in kept if one.query == query), None),
                "everything": url_for(self.endpoint, unfiltered="1"),
                "address": url_for(self.endpoint),
                "back": _here(),
            },
        )


def open_as_kept() -> Response | None:
    """Lead to the list as the person wants it opened, where its address says nothing else."""
    if request.method != "GET" or request.args or request.endpoint not in LISTS:
        return None
    if current_principal().user_id is None:
        return None
    default = next((one for one in _kept(request.endpoint) if one.is_default), None)
    return None if default is None else redirect(f"{request.path}?{default.query}")


def _kept(endpoint: str) -> list[saved_filters.Kept]:
    if "kept_filters" not in g:
        g.kept_filters = saved_filters.of_list(endpoint)
    kept: list[saved_filters.Kept] = g.kept_filters
    return kept


def _here() -> str:
    return request.full_path.rstrip("?")
