"""Searching for a domain: which names are free, and what they cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from praho.catalogue.services import pricing
from praho.core import text
from praho.core.i18n import gettext as _
from praho.core.identifiers import domain_name
from praho.core.identifiers.domain_name import InvalidDomainName
from praho.core.money import Money
from praho.domains.services import availability
from praho.models.catalogue import DomainOperation
from praho.orders.errors import NameNotFree
from praho.sdk.registrars import AvailabilityStatus

FIELD = "domain_name"
LONGEST_QUERY = 253
_SHAPES = ("{}-online", "e-{}", "{}-romania", "contact-{}", "{}24")
_ENCODED = "xn--"
_LONGEST_LABEL = 63
_MOST_IDEAS = 4
_PATIENCE_FOR_IDEAS = 3.0


class Verdict(StrEnum):
    """What the shop makes of a name."""

    FREE = "free"
    TAKEN = "taken"
    PREMIUM = "premium"
    """The registry asks a price of its own: not for sale here."""
    NOT_ALLOWED = "not_allowed"
    UNKNOWN = "unknown"
    """Nobody could say in time; what may be taken is not sold."""


_VERDICTS = {
    AvailabilityStatus.AVAILABLE: Verdict.FREE,
    AvailabilityStatus.TAKEN: Verdict.TAKEN,
    AvailabilityStatus.NOT_ALLOWED: Verdict.NOT_ALLOWED,
    AvailabilityStatus.UNKNOWN: Verdict.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One name of a search. `prices` are net, by the number of years; `renew_year` is a later year's, None unsold."""

    name: str
    shown: str
    verdict: Verdict
    prices: Mapping[int, Money]
    renew_year: Money | None

    @property
    def first(self) -> tuple[int, Money]:
        """The shortest registration: its years and its price."""
        years = min(self.prices)
        return years, self.prices[years]


@dataclass(frozen=True, slots=True)
class Search:
    """The names found, the one that was asked for first. `unsold` is the ending asked for that is not sold.

    `near` are free names like it, where the first one is not.
    """

    exact: Finding | None
    others: tuple[Finding, ...]
    unsold: str | None = None
    near: tuple[Finding, ...] = ()


def search(typed: str, currency: str) -> Search:
    """Look a name up: a bare word under every ending at once, a full name and its word under the others.

    Endings are those that are sold in `currency`. Outside a unit of work: registrars are asked. Raises
    InvalidDomainName for what cannot be part of a name.
    """
    book = pricing.of_domains(currency)
    sold = [name for name in book.tlds if book.years(name, DomainOperation.REGISTER)]
    label, suffix = _taken_apart(typed, sold)
    wanted = [name for name in ([suffix] if suffix in sold else []) + [one for one in sold if one != suffix] if name]
    answers = availability.check([f"{label}.{one}" for one in wanted])
    findings = tuple(_finding(answer, one, book) for answer, one in zip(answers, wanted, strict=True))
    near = _near(label, findings[0], wanted[0], book) if findings else ()
    if suffix in sold:
        return Search(findings[0], findings[1:], near=near)
    return Search(None, findings, suffix, near)


def _near(label: str, first: Finding, suffix: str, book: pricing.PriceBook) -> tuple[Finding, ...]:
    """Return free names like one that has an owner; none where the registry did not say so."""
    if first.verdict not in (Verdict.TAKEN, Verdict.PREMIUM) or label.startswith(_ENCODED):
        return ()
    variants = [shape.format(label) for shape in _SHAPES]
    names = [f"{variant}.{suffix}" for variant in variants if len(variant) <= _LONGEST_LABEL]
    answers = availability.check(names, _PATIENCE_FOR_IDEAS)
    found = (_finding(answer, suffix, book) for answer in answers)
    return tuple(one for one in found if one.verdict is Verdict.FREE)[:_MOST_IDEAS]


def require_free(name: str) -> None:
    """Raise NameNotFree unless the registry says now that the name can be registered at the list price.

    Outside a unit of work.
    """
    answer = availability.check([name])[0]
    refusal = refusal_of(_verdict(answer), answer.name.unicode)
    if refusal is not None:
        raise NameNotFree(refusal, fields={FIELD: refusal})


def require_not_gone(names: Iterable[str]) -> None:
    """Raise NameNotFree where a name of a cart was taken in the meantime; silence of the registry is no reason.

    Outside a unit of work.
    """
    listed = list(names)
    for answer in availability.check(listed) if listed else ():
        verdict = _verdict(answer)
        if verdict not in (Verdict.FREE, Verdict.UNKNOWN):
            raise NameNotFree(refusal_of(verdict, answer.name.unicode))


def refusal_of(verdict: Verdict, shown: str) -> str | None:
    """Return why a name cannot be ordered, or None for a free one."""
    return {
        Verdict.FREE: None,
        Verdict.TAKEN: _("%(name)s is taken already.", name=shown),
        Verdict.PREMIUM: _("%(name)s is a premium name, which we do not sell at our list price.", name=shown),
        Verdict.NOT_ALLOWED: _("%(name)s cannot be registered.", name=shown),
        Verdict.UNKNOWN: _("We could not check %(name)s just now. Please try again in a moment.", name=shown),
    }[verdict]


def _taken_apart(typed: str, sold: Iterable[str]) -> tuple[str, str | None]:
    """Return the word that is wanted, and the ending where one was typed, sold or not.

    Addresses of sites are understood, and words with spaces. A bare word loses its diacritics: most people want
    the name that everybody can type.
    """
    wanted = typed.strip()[:LONGEST_QUERY]
    if "://" in wanted:
        wanted = _host(wanted)
    wanted = "-".join(wanted.partition("/")[0].split()).strip(".")
    if "." not in wanted:
        return domain_name.parse(f"{text.fold(wanted)}.ro").labels[0], None
    parsed = domain_name.parse(wanted)
    try:
        parts = domain_name.split(parsed, sold)
    except InvalidDomainName:
        label, _dot, suffix = parsed.ascii.removeprefix("www.").partition(".")
        return (label, suffix) if suffix else (parsed.labels[0], parsed.labels[-1])
    return parts.label, parts.suffix


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _finding(answer: availability.Availability, suffix: str, book: pricing.PriceBook) -> Finding:
    return Finding(
        name=answer.name.ascii,
        shown=answer.name.unicode,
        verdict=_verdict(answer),
        prices=book.years(suffix, DomainOperation.REGISTER),
        renew_year=book.years(suffix, DomainOperation.RENEW).get(1),
    )


def _verdict(answer: availability.Availability) -> Verdict:
    if answer.status is AvailabilityStatus.AVAILABLE and answer.premium:
        return Verdict.PREMIUM
    return _VERDICTS[answer.status]
