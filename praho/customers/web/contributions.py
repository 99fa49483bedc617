"""What the customers domain offers to pages and messages that cross domains."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import url_for

from praho.audit.permissions import VIEW_AUDIT
from praho.audit.services import reading as record
from praho.core.contributions import (
    Audience,
    Contributions,
    CustomerPanel,
    NavigationItem,
    SearchHit,
    SearchSource,
    SubjectLink,
    TimelineEntry,
    TimelineSource,
)
from praho.core.i18n import gettext
from praho.core.i18n import lazy_gettext as _
from praho.core.principal import current_principal
from praho.customers.permissions import MANAGE_CUSTOMERS, VIEW_CUSTOMERS, VIEW_MEMBERS, VIEW_PROFILE, WRITE_NOTES
from praho.customers.services import audiences, reading
from praho.customers.web import admin_erasures, admin_registers, admin_standings, desk, labels, recorded
from praho.customers.web.forms import NoteForm
from praho.ui.states import Tone


def _find(query: str, limit: int) -> Sequence[SearchHit]:
    return [
        SearchHit(
            gettext("Customer"),
            row.name,
            " · ".join(part for part in (row.printed_cui, row.email) if part),
            url_for("admin.customer", public_id=row.public_id),
        )
        for row in reading.found(query, limit)
    ]


def _profile(_customer_id: int) -> Mapping[str, object]:
    # The customer itself is at hand on its page.
    return {"labels": labels}


def _people(customer_id: int) -> Mapping[str, object]:
    return {
        "contacts": reading.contacts(customer_id),
        "members": reading.active_members(customer_id),
        "roles": labels.ROLES,
        "may_manage": current_principal().may(MANAGE_CUSTOMERS),
    }


def _notes(customer_id: int) -> Mapping[str, object]:
    return {
        "notes": reading.notes(customer_id),
        "form": NoteForm(),
        "may_write": current_principal().may(WRITE_NOTES),
    }


def _history(customer_id: int, before: datetime | None, limit: int) -> Sequence[TimelineEntry]:
    return [
        TimelineEntry(
            at=row.created_at,
            title=gettext("Note by %(name)s", name=row.author),
            detail=row.body,
            icon="message-square",
            tone=Tone.BRAND,
        )
        for row in reading.notes_until(customer_id, before, limit)
    ]


def _changes(customer_id: int, before: datetime | None, limit: int) -> Sequence[TimelineEntry]:
    return [
        TimelineEntry(
            at=row.at,
            title=str(labels.CHANGES.get(row.action, row.action)),
            detail=record.actor(row),
            url=url_for("audit_admin.event", public_id=row.public_id) if current_principal().may(VIEW_AUDIT) else None,
            icon="id-card",
        )
        for row in record.history(customer_id, before, limit, labels.CHANGED_SUBJECTS)
    ]


CONTRIBUTIONS = Contributions(
    recorded=recorded.ACTIONS,
    search=(SearchSource("customers", VIEW_CUSTOMERS, _find, order=10),),
    customer_panels=(
        CustomerPanel(
            "profile", _("Profile"), VIEW_CUSTOMERS, "customers/admin/_profile_panel.html", _profile, 10, aside=True
        ),
        CustomerPanel(
            "registers",
            _("Registers"),
            VIEW_CUSTOMERS,
            "customers/admin/_registers_panel.html",
            admin_registers.panel,
            12,
            aside=True,
        ),
        CustomerPanel(
            "discount",
            _("Discount"),
            VIEW_CUSTOMERS,
            "customers/admin/_standing_panel.html",
            admin_standings.panel,
            15,
            aside=True,
        ),
        CustomerPanel(
            "privacy",
            _("Privacy"),
            VIEW_CUSTOMERS,
            "customers/admin/_privacy_panel.html",
            admin_erasures.panel,
            95,
            aside=True,
        ),
        CustomerPanel("notes", _("Notes"), VIEW_CUSTOMERS, "customers/admin/_notes_panel.html", _notes, 80, aside=True),
        CustomerPanel(
            "people", _("People"), VIEW_CUSTOMERS, "customers/admin/_people_panel.html", _people, 90, aside=True
        ),
    ),
    navigation=(
        NavigationItem(
            "admin", _("Customers"), "customers_admin.customers", "users-round", VIEW_CUSTOMERS, 10, key="c"
        ),
        NavigationItem(
            "admin", _("Customer groups"), "customers_standings_admin.groups", "percent", VIEW_CUSTOMERS, 11
        ),
        NavigationItem(
            "admin", _("Erasure requests"), "customers_erasures_admin.requests", "user-x", VIEW_CUSTOMERS, 12
        ),
        NavigationItem("portal", _("Profile"), "customers_portal.profile", "building-2", VIEW_PROFILE, 70),
        NavigationItem("portal", _("Members"), "customers_members_portal.member_list", "users", VIEW_MEMBERS, 80),
    ),
    timelines=(
        TimelineSource("notes", VIEW_CUSTOMERS, _history, label=_("Notes"), icon="message-square", order=70),
        TimelineSource("changes", VIEW_CUSTOMERS, _changes, label=_("Profile"), icon="id-card", order=65),
    ),
    attention=desk.ATTENTION,
    trends=desk.TRENDS,
    actions=desk.ACTIONS,
    subject_links=(
        SubjectLink("customer", "admin.customer"),
        SubjectLink("erasure_request", "customers_erasures_admin.erasure"),
        SubjectLink("customer_group", "customers_standings_admin.group"),
    ),
    audiences=(
        Audience(audiences.BILLING, audiences.billing_contacts),
        Audience(audiences.TECHNICAL, audiences.technical_contacts),
    ),
)
