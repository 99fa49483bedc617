"""The sandbox as a hosting panel."""

from praho.sdk.answers import Answer
from praho.sdk.context import PluginContext
from praho.sdk.dto import ConnectionReport
from praho.sdk.outcomes import Outcome, Succeeded
from praho.sdk.provisioners import Account, CreatedAccount, CreateRequest, Provisioner
from praho_sandbox.client import SandboxClient
from praho_sandbox.settings import SandboxSettings


class SandboxProvisioner(Provisioner[SandboxSettings]):
    """Creates hosting accounts in the sandbox world."""

    def __init__(self, settings: SandboxSettings, context: PluginContext) -> None:
        super().__init__(settings, context)
        self._client = SandboxClient(settings, context)

    def test_connection(self) -> ConnectionReport:
        """See `Adapter.test_connection`."""
        return self._client.report()

    def create_account(self, request: CreateRequest, idempotency_key: str) -> Outcome[CreatedAccount]:
        """See `Provisioner.create_account`."""
        body = {
            "domain": request.domain,
            "package": request.package,
            "contact_email": request.contact_email,
            "password": request.password.reveal(),
        }
        answer = self._client.post("/v1/hosting/accounts", body, idempotency_key)
        return Succeeded(CreatedAccount(_account(answer.child("account")), request.password))

    def find_account(self, idempotency_key: str) -> Account | None:
        """See `Provisioner.find_account`."""
        answer = self._client.get("/v1/hosting/accounts", {"key": idempotency_key})
        found = answer.optional_child("account")
        return None if found is None else _account(found)


def _account(account: Answer) -> Account:
    return Account(
        account_id=account.text("id"),
        username=account.text("username"),
        domain=account.text("domain"),
        package=account.text("package"),
        login_url=account.text("login_url"),
        created_at=account.instant("created_at"),
    )
