"""VIES: whether a VAT number of another member state is in force now (Regulation (EU) 904/2010 art. 31).

Errors come with HTTP 200 too. Only `valid`, true or false, is an answer; the older service's `isValid` is not read.
"""

import logging
from dataclasses import dataclass

from praho.core.identifiers.vat_id import VatId
from praho.sdk.answers import Answer
from praho.sdk.errors import NotSent, OutcomeUnknown
from praho.sdk.http_client import HttpClient, Timeouts

PATH = "/taxation_customs/vies/rest-api/check-vat-number"
_HIDDEN = "---"
_INVALID_INPUT = "INVALID_INPUT"


class ViesUnavailable(Exception):
    """No answer, with VIES' own code where it gave one. It says nothing about the number."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ViesAnswer:
    """VIES' answer. `consultation` is its proof, given only where the asker named itself; states may hide the rest."""

    valid: bool
    consultation: str | None
    name: str | None
    address: str | None


def ask(base_url: str, number: VatId, requester: VatId | None, *, seconds: float = 10.0) -> ViesAnswer:
    """Ask about a number, in the name of `requester`; raise `ViesUnavailable` where there is no answer."""
    client = HttpClient(logging.getLogger(__name__), timeouts=Timeouts(connect=5.0, read=seconds, total=seconds * 2))
    asked = {"countryCode": number.prefix, "vatNumber": number.number}
    if requester is not None:
        asked |= {"requesterMemberStateCode": requester.prefix, "requesterNumber": requester.number}
    try:
        response = client.request("POST", base_url + PATH, json=asked)
        answer = response.answer()
    except (NotSent, OutcomeUnknown) as error:
        raise ViesUnavailable(str(error)) from error
    code = _error(answer)
    if code == _INVALID_INPUT:
        # The number is none of that state's: a definite no, without a proof.
        return ViesAnswer(False, None, None, None)
    if code is not None or not response.ok:
        raise ViesUnavailable(code or f"VIES answered {response.status}")
    return _read(answer)


def _read(answer: Answer) -> ViesAnswer:
    try:
        valid = answer.boolean("valid")
    except OutcomeUnknown as error:
        raise ViesUnavailable(str(error)) from error
    return ViesAnswer(valid, _shown(answer, "requestIdentifier"), _shown(answer, "name"), _shown(answer, "address"))


def _error(answer: Answer) -> str | None:
    """Return VIES' code for an answer that is an error, else None."""
    if answer.fields.get("actionSucceed") is not False:
        return None
    wrappers = answer.fields.get("errorWrappers")
    first = wrappers[0] if isinstance(wrappers, list) and wrappers else None
    code = first.get("error") if isinstance(first, dict) else None
    return code if isinstance(code, str) and code else "UNKNOWN"


def _shown(answer: Answer, name: str) -> str | None:
    value = answer.fields.get(name)
    return value.strip() if isinstance(value, str) and value.strip() not in ("", _HIDDEN) else None
