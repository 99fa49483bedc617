"""ANAF's register of taxpayers (PlatitorTvaRest v9): name, seat, VAT and activity of companies by their CUI.

It takes up to a hundred numbers at once and one request a second. What it does not know it lists as not found, which
is an answer; whatever cannot be read as an answer is none.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from praho.sdk.answers import Answer
from praho.sdk.errors import NotSent, OutcomeUnknown
from praho.sdk.http_client import HttpClient, Timeouts

PATH = "/api/PlatitorTvaRest/v9/tva"
MOST_AT_ONCE = 100
_TOO_MANY = 429


class RegistryUnavailable(Exception):
    """No answer: down, slow, too busy, or nonsense. It says nothing about any company."""


@dataclass(frozen=True, slots=True)
class RegisteredCompany:
    """A company as ANAF writes it. Cities and counties are ANAF's words; `post_code` may lack its leading zero."""

    cui: str
    name: str
    reg_com: str
    street: str
    city: str
    county: str
    post_code: str
    vat_payer: bool
    on_collection: bool
    inactive: bool
    inactive_since: date | None
    struck_off_on: date | None


@dataclass(frozen=True, slots=True)
class RegistryAnswer:
    """What the register said about the numbers that it was asked for."""

    companies: tuple[RegisteredCompany, ...]
    not_found: tuple[str, ...]


def ask(base_url: str, numbers: Sequence[str], on: date, *, seconds: float = 10.0) -> RegistryAnswer:
    """Ask about up to a hundred CUIs (digits) as of the day; raise `RegistryUnavailable` where there is no answer."""
    if len(numbers) > MOST_AT_ONCE:
        raise ValueError(f"at most {MOST_AT_ONCE} numbers at once")
    client = HttpClient(logging.getLogger(__name__), timeouts=Timeouts(connect=5.0, read=seconds, total=seconds * 2))
    asked = [{"cui": int(number), "data": on.isoformat()} for number in numbers]
    try:
        response = client.request("POST", base_url + PATH, json=asked)
        if response.status == _TOO_MANY:
            raise RegistryUnavailable("too many requests")
        if not response.ok:
            raise RegistryUnavailable(f"the register answered {response.status}")
        return _read(response.answer(), set(numbers))
    except (NotSent, OutcomeUnknown) as error:
        raise RegistryUnavailable(str(error)) from error


def _read(answer: Answer, asked: set[str]) -> RegistryAnswer:
    companies = tuple(_company(item) for item in answer.children("found"))
    missing = answer.fields.get("notFound")
    if not isinstance(missing, list):
        raise OutcomeUnknown("the answer has no list 'notFound'")
    # Older versions of the service list objects, the present one bare numbers.
    not_found = tuple(str(one.get("cui") if isinstance(one, dict) else one) for one in missing)
    answered = {company.cui for company in companies} | set(not_found)
    if not answered >= asked:
        raise OutcomeUnknown("the answer leaves out numbers that were asked for")
    return RegistryAnswer(companies, not_found)


def _company(item: Answer) -> RegisteredCompany:
    general, vat = item.child("date_generale"), item.child("inregistrare_scop_Tva")
    collection, activity = item.child("inregistrare_RTVAI"), item.child("stare_inactiv")
    seat = item.child("adresa_sediu_social")
    street, number, more = (_text(seat, name) for name in ("sdenumire_Strada", "snumar_Strada", "sdetalii_Adresa"))
    return RegisteredCompany(
        cui=str(general.integer("cui")),
        name=general.text("denumire").strip(),
        reg_com=_text(general, "nrRegCom"),
        street=", ".join(part for part in (street, f"nr. {number}" if number else "", more) if part),
        city=_text(seat, "sdenumire_Localitate"),
        county=_text(seat, "scod_JudetAuto"),
        post_code=_text(seat, "scod_Postal") or _text(general, "codPostal"),
        vat_payer=vat.boolean("scpTVA"),
        on_collection=collection.boolean("statusTvaIncasare"),
        inactive=activity.boolean("statusInactivi"),
        inactive_since=_day(activity, "dataInactivare"),
        struck_off_on=_day(activity, "dataRadiere"),
    )


def _text(answer: Answer, name: str) -> str:
    value = answer.fields.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _day(answer: Answer, name: str) -> date | None:
    value = _text(answer, name)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise OutcomeUnknown(f"the answer has no date {name!r}") from None
