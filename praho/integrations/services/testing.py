"""Trying a provider account out."""

from dataclasses import dataclass

from praho.audit.services import recording
from praho.core import clock, i18n, masking
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.i18n import gettext as _
from praho.integrations import repos
from praho.integrations.services import calling
from praho.integrations.types import Account
from praho.models.integrations import ProviderAccount
from praho.sdk import texts
from praho.sdk.dto import ConnectionReport
from praho.sdk.errors import NotSent, OutcomeUnknown, ProviderRefused

_TEST_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class ConnectionTest:
    """What trying an account out came to: `error` is None when all is well."""

    error: str | None
    summary: str


def test_connection(public_id: str) -> ConnectionTest:
    """Ask the provider whether the account's settings are good, keep the answer with the account, and return it.

    Nothing is claimed and nothing changes outside; the call is made with no transaction open.
    """
    with unit_of_work():
        account = repos.account_by_public_id(public_id)
    result = _try(account)
    with unit_of_work():
        row = locking.lock_one(ProviderAccount, account.id)
        assert row is not None
        row.tested_at = clock.now()
        row.test_error = result.error
        recording.record(
            "integrations.account.test",
            subject=("provider_account", public_id),
            changes={"result": [None, result.error or "ok"]},
        )
    return result


def _try(account: Account) -> ConnectionTest:
    try:
        report = calling.ask(
            account.id, "test_connection", lambda adapter: adapter.test_connection(), seconds=_TEST_SECONDS
        )
    except (NotSent, OutcomeUnknown) as error:
        return ConnectionTest(_("The provider could not be reached: %(reason)s", reason=masking.text(str(error))), "")
    except ProviderRefused as error:
        reason = masking.text(texts.render(error.staff_text, i18n.current_locale()))
        return ConnectionTest(_("The provider refused: %(reason)s", reason=reason), "")
    if not isinstance(report, ConnectionReport):
        return ConnectionTest(_("The plugin gave an answer that makes no sense."), "")
    if report.test_mode == account.live:
        return ConnectionTest(_mode_differs(live=account.live), "")
    return ConnectionTest(None, texts.render(report.summary, i18n.current_locale()))


def _mode_differs(*, live: bool) -> str:
    if live:
        return _("The account is marked as live, but the provider says that it is one for tests.")
    return _("The account is marked as one for tests, but the provider says that it is live.")
