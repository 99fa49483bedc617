"""Promo codes as staff make them: what they take off, for whom and until when. Every change is on record."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from praho.audit.services import recording
from praho.catalogue import repos
from praho.catalogue.services import checking, redeeming
from praho.catalogue.types import CodeInput, CodePhase, CodeUse, CodeView, RedemptionLine
from praho.core import clock
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, NotFound
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.web.paging import Page
from praho.models.catalogue import (
    DiscountKind,
    DiscountTarget,
    Product,
    PromoCode,
    PromoState,
    Redemption,
    RedemptionState,
    Tld,
)

SUBJECT = "promo_code"
LONGEST_NOTE = 500
MOST_CYCLES = 120
MOST_USES = 1_000_000
_SHAPE = re.compile(r"[A-Z0-9][A-Z0-9_-]{2,39}")
_WITH_AMOUNTS = (DiscountKind.FIXED, DiscountKind.PRICE)


def listed(phase: CodePhase | None, search: str, cursor: str | None) -> Page[CodeView]:
    """Return a page of the codes with their use, the newest first. Two queries."""
    today = clock.today()
    page = repos.codes(phase, search, today, cursor)
    uses = _uses([row.id for row in page.items])
    return Page([CodeView(row, uses.get(row.id, CodeUse()), today) for row in page.items], page.previous, page.next)


def shown(public_id: str) -> CodeView:
    """Return a code with its use; raises NotFound."""
    row = _found(public_id)
    return CodeView(row, _uses([row.id]).get(row.id, CodeUse()), clock.today())


def redemptions(code_id: int | None, cursor: str | None) -> Page[RedemptionLine]:
    """Return a page of the uses of a code, or of every code, the newest first. Three queries."""
    page = repos.redemptions(code_id, cursor)
    texts = repos.code_texts(row.code_id for row in page.items)
    buyers = repos.customers(row.customer_id for row in page.items)
    return Page([_line(row, texts, buyers) for row in page.items], page.previous, page.next)


def every_plan() -> list[Product]:
    """Return every plan, on sale or not, for a code to be about."""
    return repos.all_products()


def every_ending() -> list[Tld]:
    """Return every ending, on sale or not, for a code to be about."""
    return repos.all_tlds()


def create(typed: CodeInput) -> str:
    """Make a code, which holds at once if its dates say so; return its public id. Raises Invalid by fields."""
    with unit_of_work() as session:
        values = _checked(typed, own_id=None)
        row = PromoCode(**values, created_at=clock.now())
        session.add(row)
        session.flush()
        changes = {name: [None, value] for name, value in values.items()}
        recording.record("catalogue.code.create", subject=(SUBJECT, row.public_id), changes=changes)
        return row.public_id


def change(public_id: str, typed: CodeInput) -> None:
    """Change a code; orders placed before keep what they got. Raises NotFound, and Invalid by fields."""
    with unit_of_work():
        row = _locked(public_id)
        values = _checked(typed, own_id=row.id)
        changes = recording.changed({name: getattr(row, name) for name in values}, values)
        for name, value in values.items():
            setattr(row, name, value)
        if changes:
            recording.record("catalogue.code.change", subject=(SUBJECT, row.public_id), changes=changes)


def pause(public_id: str) -> None:
    """Let a code hold no longer, until it is resumed. Raises NotFound, Conflict where it is paused already."""
    _move(public_id, PromoState.ACTIVE, PromoState.PAUSED)


def resume(public_id: str) -> None:
    """Let a paused code hold again. Raises NotFound, Conflict where it is not paused."""
    _move(public_id, PromoState.PAUSED, PromoState.ACTIVE)


def _move(public_id: str, source: PromoState, target: PromoState) -> None:
    with unit_of_work():
        row = _locked(public_id)
        if row.state is not source:
            raise Conflict(_("This was done in the meantime."))
        row.state = target
        recording.record(
            f"catalogue.code.{target.value}", subject=(SUBJECT, public_id), changes={"state": [source, target]}
        )


def _found(public_id: str) -> PromoCode:
    row = repos.code(public_id)
    if row is None:
        raise NotFound(_("There is no such code."))
    return row


def _locked(public_id: str) -> PromoCode:
    row = locking.lock_one(PromoCode, _found(public_id).id)
    assert row is not None
    return row


def _uses(code_ids: Sequence[int]) -> dict[int, CodeUse]:
    counts: dict[int, dict[RedemptionState, int]] = {}
    given: dict[int, list[Money]] = {}
    for code_id, state, currency, count, minor in repos.redemption_sums(code_ids):
        by_state = counts.setdefault(code_id, {})
        by_state[state] = by_state.get(state, 0) + count
        if state is RedemptionState.USED:
            given.setdefault(code_id, []).append(Money(minor, currency))
    return {
        code_id: CodeUse(
            by_state.get(RedemptionState.RESERVED, 0),
            by_state.get(RedemptionState.USED, 0),
            by_state.get(RedemptionState.RELEASED, 0),
            tuple(given.get(code_id, ())),
        )
        for code_id, by_state in counts.items()
    }


def _line(row: Redemption, texts: dict[int, str], buyers: dict[int, tuple[str, str]]) -> RedemptionLine:
    customer_ref, name = buyers[row.customer_id]
    discount = Money(row.discount_minor, row.currency)
    return RedemptionLine(
        texts[row.code_id], row.order_ref, row.order_number, customer_ref, name, row.state, discount, row.created_at
    )


def _checked(typed: CodeInput, own_id: int | None) -> dict[str, Any]:
    refused = checking.Refusals()
    with_amounts = typed.kind in _WITH_AMOUNTS
    on_plans, on_domains = typed.target is not DiscountTarget.DOMAINS, typed.target is not DiscountTarget.PLANS
    values: dict[str, Any] = {
        "code": _code(refused, typed.code, own_id),
        "note": typed.note.strip()[:LONGEST_NOTE],
        "kind": typed.kind,
        "percent": _percent(refused, typed.percent) if typed.kind is DiscountKind.PERCENT else None,
        "amounts": dict(typed.amounts) if with_amounts else {},
        "valid_from": typed.valid_from or clock.today(),
        "valid_until": typed.valid_until,
        "max_uses": _within(refused, "max_uses", typed.max_uses, MOST_USES),
        "once_per_customer": typed.once_per_customer,
        "new_customers_only": typed.new_customers_only,
        "target": typed.target,
        "product_ids": _products(refused, typed.product_ids) if on_plans else [],
        "cycles": [cycle.value for cycle in typed.cycles] if on_plans else [],
        "tlds": _tlds(refused, typed.tlds) if on_domains else [],
        "first_cycles": _within(refused, "first_cycles", typed.first_cycles, MOST_CYCLES),
    }
    if with_amounts and not values["amounts"]:
        refused.fields["amounts"] = _("Write an amount in at least one currency.")
    if typed.kind is DiscountKind.FIXED and not all(values["amounts"].values()):
        refused.fields["amounts"] = _("An amount that is taken off is above zero.")
    if typed.kind is DiscountKind.FREE_SETUP and typed.target is DiscountTarget.DOMAINS:
        refused.fields["target"] = _("Domains have no setup fee.")
    if values["valid_until"] is not None and values["valid_until"] < values["valid_from"]:
        refused.fields["valid_until"] = _("The last day is not before the first.")
    refused.end()
    return values


def _code(refused: checking.Refusals, typed: str, own_id: int | None) -> str:
    text = redeeming.read(typed)
    if not _SHAPE.fullmatch(text):
        refused.fields["code"] = _("Use 3 to 40 letters, digits, hyphens and underscores, such as VARA20.")
        return text
    other = repos.code_by_text(text)
    if other is not None and other.id != own_id:
        refused.fields["code"] = _("There is a code like this already.")
    return text


def _percent(refused: checking.Refusals, typed: Decimal | None) -> Decimal | None:
    if typed is None or not 0 < typed <= 100 or typed != round(typed, 2):
        refused.fields["percent"] = _("Above 0, at most 100, with at most two decimals.")
    return typed


def _within(refused: checking.Refusals, field: str, typed: int | None, most: int) -> int | None:
    if typed is not None and not 1 <= typed <= most:
        refused.fields[field] = _("From 1 to %(most)s, or empty.", most=most)
    return typed


def _products(refused: checking.Refusals, public_ids: Sequence[str]) -> list[int]:
    known = {row.public_id: row.id for row in repos.all_products()} if public_ids else {}
    if not set(public_ids) <= set(known):
        refused.fields["products"] = _("One of these plans no longer exists.")
    return sorted(known[public_id] for public_id in public_ids if public_id in known)


def _tlds(refused: checking.Refusals, names: Sequence[str]) -> list[str]:
    known = {row.name for row in repos.all_tlds()} if names else set()
    if not set(names) <= known:
        refused.fields["tlds"] = _("One of these endings no longer exists.")
    return sorted(set(names) & known)
