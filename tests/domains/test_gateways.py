"""Answers of registrars that make no sense are not believed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from praho.domains import gateways
from praho.sdk.errors import OutcomeUnknown
from praho.sdk.outcomes import Outcome, Reason, Rejected, Succeeded, Unknown
from praho.sdk.registrars import Availability, AvailabilityStatus, RegisterRequest, Registration
from tests.domains.samples import REGISTRANT

REQUEST = RegisterRequest("exemplu.ro", 1, REGISTRANT, ("ns1.exemplu.ro", "ns2.exemplu.ro"))
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def registration(name: str = "exemplu.ro", days: int = 365, key: str = "op_1") -> Registration:
    return Registration(name, "R1", START, START + timedelta(days=days), (), key)


class Registrar:
    """A plugin that gives the answers it is told."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def register(self, _request: RegisterRequest, _key: str) -> Outcome[Registration]:
        return self.answer

    def get_info(self, _name: str) -> Any:
        return self.answer

    def check_availability(self, _names: list[str]) -> Any:
        return self.answer


@pytest.mark.parametrize(
    "answer", [registration("altul.ro"), registration(days=0), registration(days=-1), None, "fine"]
)
def test_a_success_about_something_else_is_unknown(answer: Any):
    assert isinstance(gateways.register(Registrar(Succeeded(answer)), REQUEST, "op_1"), Unknown)


@pytest.mark.parametrize("answer", [Succeeded(registration()), Rejected(Reason.TAKEN, "taken"), Unknown("?")])
def test_what_makes_sense_is_passed_on(answer: Outcome[Registration]):
    assert gateways.register(Registrar(answer), REQUEST, "op_1") is answer


@pytest.mark.parametrize("answer", [registration("altul.ro"), registration(days=0), "fine"])
def test_a_senseless_registration_is_not_found(answer: Any):
    with pytest.raises(OutcomeUnknown):
        gateways.find(Registrar(answer), "exemplu.ro", ("op_1",))


def test_only_our_own_keys_prove_that_we_registered_it():
    keys = ("op_2", "op_1")
    assert gateways.find(Registrar(registration(key="op_1")), "exemplu.ro", keys) is not None
    assert gateways.find(Registrar(registration(key="")), "exemplu.ro", keys) is not None
    assert gateways.find(Registrar(registration(key="op_9")), "exemplu.ro", keys) is None
    assert gateways.find(Registrar(None), "exemplu.ro", keys) is None


def test_answers_about_names_that_nobody_asked_for_are_dropped():
    free = Availability("exemplu.ro", AvailabilityStatus.AVAILABLE)
    said = (free, Availability("altul.ro", AvailabilityStatus.TAKEN), "nonsense")
    assert gateways.check(Registrar(said), ["exemplu.ro"]) == {"exemplu.ro": free}
