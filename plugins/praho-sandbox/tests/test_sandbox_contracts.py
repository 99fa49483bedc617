"""The three plugins keep the contracts of their kinds, against a real world in a process of its own."""

from praho.sdk.testing.payment_contract import PaymentContract
from praho.sdk.testing.provisioner_contract import ProvisionerContract
from praho.sdk.testing.registrar_contract import RegistrarContract
from praho_sandbox import plugin


class TestRegistrar(RegistrarContract):
    plugin = plugin.REGISTRAR
    taken_name = "taken.ro"


class TestProvisioner(ProvisionerContract):
    plugin = plugin.PROVISIONER


class TestPaymentProvider(PaymentContract):
    plugin = plugin.PAYMENT_PROVIDER
