"""The three declarations that PRAHO finds by entry points."""

from importlib import metadata

from praho.sdk import payments, provisioners, registrars
from praho.sdk.plugin import Plugin
from praho_sandbox.payments import SandboxPaymentProvider
from praho_sandbox.provisioner import SandboxProvisioner
from praho_sandbox.registrar import SandboxRegistrar
from praho_sandbox.settings import SandboxPaymentSettings, SandboxSettings
from praho_sandbox.wording import _

_VERSION = metadata.version("praho-sandbox")

REGISTRAR = Plugin(
    name="sandbox",
    version=_VERSION,
    title=_("Sandbox registry"),
    adapter=SandboxRegistrar,
    settings=SandboxSettings,
    capabilities=frozenset(registrars.Capability),
)

PROVISIONER = Plugin(
    name="sandbox",
    version=_VERSION,
    title=_("Sandbox hosting"),
    adapter=SandboxProvisioner,
    settings=SandboxSettings,
    capabilities=frozenset(provisioners.Capability),
)

PAYMENT_PROVIDER = Plugin(
    name="sandbox",
    version=_VERSION,
    title=_("Sandbox card payments"),
    adapter=SandboxPaymentProvider,
    settings=SandboxPaymentSettings,
    capabilities=frozenset(payments.Capability),
)
