"""Snapshots to and from the JSON that the database freezes, without any loss."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from praho.billing import types
from praho.billing.documents import snapshot
from praho.billing.tax.exchange import Rate
from praho.billing.tax.types import Evidence, EvidenceKind, Rule, TaxDecision, VatIdStatus
from praho.models.billing.documents import DocumentKind

SCHEMA_VERSION = 1

JsonObject = Mapping[str, Any]


def to_json(document: snapshot.DocumentSnapshot) -> dict[str, Any]:
    """Return the document as JSON values: decimals as strings, dates in ISO form, amounts as integers."""
    values: dict[str, Any] = _plain(asdict(document))
    return {"schema": SCHEMA_VERSION, **values}


def from_json(data: JsonObject) -> snapshot.DocumentSnapshot:
    """Return the document that `to_json` was given.

    Raises ValueError for another schema version, KeyError for a missing field.
    """
    if data["schema"] != SCHEMA_VERSION:
        raise ValueError(f"unknown document schema {data['schema']!r}")
    return snapshot.DocumentSnapshot(
        kind=DocumentKind(data["kind"]),
        series=data["series"],
        number=data["number"],
        issue_date=date.fromisoformat(data["issue_date"]),
        tax_point=date.fromisoformat(data["tax_point"]),
        currency=data["currency"],
        locale=data["locale"],
        seller=_party(data["seller"]),
        buyer=_party(data["buyer"]),
        lines=tuple(_line(item) for item in data["lines"]),
        subtotals=tuple(_subtotal(item) for item in data["subtotals"]),
        totals=types.Sums(**data["totals"]),
        due_date=_date(data["due_date"]),
        allowances=tuple(_allowance(item) for item in data["allowances"]),
        notes=tuple(data["notes"]),
        references=tuple(_reference(item) for item in data["references"]),
        payments=tuple(_payment(item) for item in data["payments"]),
        tax=None if data["tax"] is None else _decision(data["tax"]),
        exchange=_exchange(data["exchange"]),
        # What was frozen before there were advances has neither field.
        is_advance=data.get("is_advance", False),
        advances=tuple(_advance(item) for item in data.get("advances", ())),
    )


def _advance(data: JsonObject) -> snapshot.AdvanceFact:
    return snapshot.AdvanceFact(
        number=data["number"],
        issue_date=date.fromisoformat(data["issue_date"]),
        net_minor=data["net_minor"],
        vat_minor=data["vat_minor"],
        exchange=_exchange(data["exchange"]),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _exchange(data: JsonObject | None) -> Rate | None:
    if data is None:
        return None
    return Rate(data["currency"], Decimal(data["lei"]), date.fromisoformat(data["published_on"]))


def _party(data: JsonObject) -> snapshot.Party:
    return snapshot.Party(
        kind=types.PartyKind(data["kind"]),
        name=data["name"],
        address=snapshot.Address(**data["address"]),
        tax_number=data["tax_number"],
        vat_payer=data["vat_payer"],
        vat_id=data["vat_id"],
        registration_number=data["registration_number"],
        share_capital=data["share_capital"],
        personal_id=data["personal_id"],
        contact_name=data["contact_name"],
        email=data["email"],
        phone=data["phone"],
        bank_accounts=tuple(snapshot.BankAccount(**account) for account in data["bank_accounts"]),
    )


def _line(data: JsonObject) -> snapshot.Line:
    return snapshot.Line(
        position=data["position"],
        description=data["description"],
        quantity=Decimal(data["quantity"]),
        unit_code=data["unit_code"],
        unit_price_minor=Decimal(data["unit_price_minor"]),
        net_minor=data["net_minor"],
        category=types.TaxCategory(data["category"]),
        rate=Decimal(data["rate"]),
        discount_minor=data["discount_minor"],
        details=data["details"],
        period_start=_date(data["period_start"]),
        period_end=_date(data["period_end"]),
        corrects=data["corrects"],
    )


def _subtotal(data: JsonObject) -> types.TaxSubtotal:
    return types.TaxSubtotal(
        category=types.TaxCategory(data["category"]),
        rate=Decimal(data["rate"]),
        net_minor=data["net_minor"],
        vat_minor=data["vat_minor"],
    )


def _allowance(data: JsonObject) -> types.TaxAllowance:
    return types.TaxAllowance(
        category=types.TaxCategory(data["category"]),
        rate=Decimal(data["rate"]),
        amount_minor=data["amount_minor"],
    )


def _reference(data: JsonObject) -> snapshot.Reference:
    return snapshot.Reference(
        kind=snapshot.ReferenceKind(data["kind"]),
        number=data["number"],
        issue_date=date.fromisoformat(data["issue_date"]),
    )


def _payment(data: JsonObject) -> snapshot.PaymentFact:
    return snapshot.PaymentFact(
        method=types.PaymentMethod(data["method"]),
        amount_minor=data["amount_minor"],
        paid_on=date.fromisoformat(data["paid_on"]),
        reference=data["reference"],
    )


def _decision(data: JsonObject) -> TaxDecision:
    return TaxDecision(
        category=types.TaxCategory(data["category"]),
        rate=Decimal(data["rate"]),
        rule=Rule(data["rule"]),
        place=data["place"],
        buyer_country=data["buyer_country"],
        on=date.fromisoformat(data["on"]),
        on_collection=data["on_collection"],
        vat_id=data["vat_id"],
        vat_status=VatIdStatus(data["vat_status"]),
        consultation=data["consultation"],
        evidence=tuple(
            Evidence(EvidenceKind(item["kind"]), item["country"], item["value"]) for item in data["evidence"]
        ),
    )
