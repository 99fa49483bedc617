"""The contract of a registrar plugin: subclass it in a test module (see `adapter_contract`)."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from praho.sdk.dto import Address, Contact, PersonKind
from praho.sdk.outcomes import Outcome, Pending, Reason, Rejected, Succeeded
from praho.sdk.registrars import AvailabilityStatus, Capability, RegisterRequest, Registrar, Registration
from praho.sdk.testing.adapter_contract import KEY, AdapterContract, Call, outcome_of
from praho.sdk.testing.worlds import World

REGISTRANT = Contact(
    kind=PersonKind.COMPANY,
    name="Ana Șerban",
    organisation="Exemplu Hosting SRL",
    email="ana@exemplu.ro",
    phone="+40721234567",
    address=Address("Str. Memorandumului 28", "Cluj-Napoca", "CJ", "400114", "RO"),
    identifier="14399840",
    registration_number="J12/1234/2010",
)


class RegistrarContract(AdapterContract):
    """What every registrar plugin promises."""

    free_name: ClassVar[str] = "contract-free.ro"
    other_free_name: ClassVar[str] = "contract-other.com"
    taken_name: ClassVar[str]
    """A name that the world says is taken from the start."""
    nameservers: ClassVar[tuple[str, ...]] = ("ns1.exemplu.ro", "ns2.exemplu.ro")

    def request(self, name: str) -> RegisterRequest:
        """Return a request that a healthy registry accepts."""
        return RegisterRequest(name=name, years=1, registrant=REGISTRANT, nameservers=self.nameservers)

    def readings(self) -> Mapping[str, Call]:
        """See `AdapterContract.readings`."""
        return {
            Capability.CHECK_AVAILABILITY: lambda adapter: adapter.check_availability([self.free_name]),
            Capability.GET_INFO: lambda adapter: adapter.get_info(self.free_name),
        }

    def change(self) -> tuple[str, Callable[[Any, str], Outcome[Any]]]:
        """See `AdapterContract.change`."""
        return Capability.REGISTER, lambda adapter, key: adapter.register(self.request(self.free_name), key)

    def find(self, adapter: Any, key: str) -> Registration | None:
        """See `AdapterContract.find`."""
        found: Registration | None = adapter.get_info(self.free_name)
        return found

    def test_availability_answers_each_name_in_order(self, world: World, settings: object) -> None:
        """Many names, one answer each, in the order asked."""
        if Capability.CHECK_AVAILABILITY not in self.plugin.capabilities:
            return
        names = [self.other_free_name, self.taken_name, self.free_name]
        found = self._registrar(settings).check_availability(names)
        assert [item.name for item in found] == names
        assert [item.status for item in found] == [
            AvailabilityStatus.AVAILABLE,
            AvailabilityStatus.TAKEN,
            AvailabilityStatus.AVAILABLE,
        ]

    def test_a_registered_name_is_ours_until_the_registry_s_date(self, world: World, settings: object) -> None:
        """The registration and the later look at it agree, on the expiry first of all."""
        registrar = self._registrar(settings)
        outcome = registrar.register(self.request(self.free_name), KEY)
        assert isinstance(outcome, Succeeded | Pending)
        found = registrar.get_info(self.free_name)
        if isinstance(outcome, Succeeded):
            assert found == outcome.value
            assert outcome.value.name == self.free_name
            assert outcome.value.registered_at.utcoffset() is not None
            assert outcome.value.expires_at > outcome.value.registered_at

    def test_a_taken_name_is_refused_as_taken(self, world: World, settings: object) -> None:
        """The one refusal that a customer can do something about is told apart from all others."""
        outcome = outcome_of(lambda: self._registrar(settings).register(self.request(self.taken_name), KEY))
        assert isinstance(outcome, Rejected)
        assert outcome.reason is Reason.TAKEN
        assert world.count(Capability.REGISTER, KEY) == 0

    def test_a_name_of_nobody_is_none(self, world: World, settings: object) -> None:
        """That the account does not hold a name is an answer, not an error."""
        assert self._registrar(settings).get_info(self.free_name) is None

    def _registrar(self, settings: object) -> Registrar[Any]:
        adapter = self.build(settings)
        assert isinstance(adapter, Registrar)
        return adapter
