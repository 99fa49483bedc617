"""The sandbox's HTTP API, as all three plugins use it."""

from collections.abc import Mapping
from typing import Any

from praho.sdk.answers import Answer
from praho.sdk.context import PluginContext
from praho.sdk.dto import ConnectionReport
from praho.sdk.errors import OutcomeUnknown, ProviderRefused
from praho.sdk.outcomes import Reason
from praho_sandbox.settings import SandboxSettings
from praho_sandbox.wording import _


class SandboxClient:
    """Makes one request and returns its JSON object, or raises what the SDK has for the ways it can fail."""

    def __init__(self, settings: SandboxSettings, context: PluginContext) -> None:
        self._settings = settings
        self._http = context.http

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """Ask."""
        return self._request("GET", path, query=query)

    def post(self, path: str, body: Mapping[str, Any], idempotency_key: str = "") -> Answer:
        """Ask with a body, or change something under a key."""
        headers = {"Idempotency-Key": idempotency_key} if idempotency_key else {}
        return self._request("POST", path, json=body, headers=headers)

    def report(self) -> ConnectionReport:
        """Return whose account the API key opens."""
        answer = self.get("/v1/account")
        merchant = answer.text("merchant")
        return ConnectionReport(
            summary=_("The sandbox answers for the account %(account)s.", account=merchant),
            account=merchant,
            test_mode=answer.boolean("test_mode"),
        )

    def _request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        json: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        response = self._http.request(
            method,
            f"{self._settings.base_url}{path}",
            query=query,
            json=json,
            headers={"Authorization": f"Bearer {self._settings.api_key}"} | dict(headers or {}),
        )
        answer = response.answer()
        if not response.ok:
            raise _refusal(answer)
        return answer


def _refusal(answer: Answer) -> ProviderRefused:
    error = answer.child("error")
    code, message = error.text("code"), error.text("message")
    if code not in list(Reason):
        raise OutcomeUnknown(f"the sandbox refused with an unknown code {code!r}")
    return ProviderRefused(Reason(code), message)
