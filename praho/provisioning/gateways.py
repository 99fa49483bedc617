"""What is asked of provisioners, and the check that their answers make sense."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from praho.sdk.dto import Secret
from praho.sdk.errors import OutcomeUnknown
from praho.sdk.outcomes import Outcome, Succeeded, Unknown
from praho.sdk.provisioners import Account, CreatedAccount, CreateRequest, Provisioner


@dataclass(frozen=True, slots=True)
class Created:
    """An account that runs. `password` is None where the provider was asked afterwards: then ours holds."""

    account: Account
    password: Secret | None


def create(adapter: Provisioner[Any], request: CreateRequest, key: str) -> Outcome[Created]:
    """Create an account; a success about another domain is none that can be believed."""
    outcome = adapter.create_account(request, key)
    if not isinstance(outcome, Succeeded):
        return outcome
    value: Any = outcome.value
    if not isinstance(value, CreatedAccount) or not isinstance(value.password, Secret):
        return Unknown(f"the plugin answered with {type(value).__name__} instead of an account and its password")
    nonsense = _nonsense(value.account, request.domain)
    return Unknown(nonsense) if nonsense else Succeeded(Created(value.account, value.password))


def find(adapter: Provisioner[Any], domain: str, keys: Sequence[str]) -> Created | None:
    """Return the account that was created under one of our keys, the newest key first."""
    for key in keys:
        account = adapter.find_account(key)
        if account is not None:
            nonsense = _nonsense(account, domain)
            if nonsense:
                raise OutcomeUnknown(nonsense)
            return Created(account, None)
    return None


def _nonsense(account: Any, domain: str) -> str:
    if not isinstance(account, Account):
        return f"the plugin answered with {type(account).__name__} instead of an account"
    if account.domain.lower() != domain:
        return f"the provider answered for {account.domain} instead of {domain}"
    if not account.account_id or not account.username:
        return "the provider's account has no name"
    return ""
