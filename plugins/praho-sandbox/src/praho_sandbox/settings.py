"""What staff fill in for an account at the sandbox."""

from dataclasses import dataclass

from praho.sdk import settings
from praho_sandbox.wording import _


@dataclass(frozen=True)
class SandboxSettings:
    """How to reach the world; enough for the registrar and the provisioner."""

    base_url: str = settings.url(
        label=_("Address of the sandbox world"),
        help_text=_("Where `python -m praho_sandbox.world` listens."),
        default="http://127.0.0.1:8010",
    )
    api_key: str = settings.secret(label=_("API key"))
    test_mode: bool = settings.boolean(
        label=_("Test mode"),
        help_text=_("The sandbox is always for trying out: leave this on."),
        default=True,
    )


@dataclass(frozen=True)
class SandboxPaymentSettings(SandboxSettings):
    """What a payment account needs beside: whose money it is, and how its reports are signed."""

    merchant: str = settings.text(
        label=_("Merchant account"),
        help_text=_("The account that receives the money; payments for another one are not accepted."),
        default="praho-demo",
    )
    webhook_secret: str = settings.secret(label=_("Webhook secret"))
