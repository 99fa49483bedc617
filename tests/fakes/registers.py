"""ANAF's register and VIES on this machine, in one server: they answer as the real ones do, and fail on demand."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.fakes import local_server

ANAF = "/api/PlatitorTvaRest/v9/tva"
VIES = "/taxation_customs/vies/rest-api/check-vat-number"
FIREWALL = b"<html><head><title>Request Rejected</title></head><body>The requested URL was rejected.</body></html>"


def company(cui: int, **facts: Any) -> dict[str, Any]:
    """One entry of ANAF's answer, in its shape and with its habits; `facts` replace what matters."""
    told = {
        "name": "EXEMPLU HOSTING S.R.L.", "reg_com": "J40/1234/2020", "vat": True, "collection": False,
        "inactive": False, "inactive_since": "", "struck_off": "", "street": "Str. Exemplului", "number": "10",
        "city": "Sector 3 Mun. București", "county": "B", "post_code": "31472", **facts,
    }  # fmt: skip
    return {
        "date_generale": {
            "cui": cui, "data": "2026-11-22", "denumire": told["name"], "nrRegCom": told["reg_com"],
            "codPostal": told["post_code"], "statusRO_e_Factura": False,
        },
        "inregistrare_scop_Tva": {
            "scpTVA": told["vat"],
            "perioade_TVA": [{"data_inceput_ScpTVA": "2020-04-01", "data_sfarsit_ScpTVA": ""}],
        },
        "inregistrare_RTVAI": {"statusTvaIncasare": told["collection"]},
        "stare_inactiv": {
            "dataInactivare": told["inactive_since"], "dataRadiere": told["struck_off"],
            "statusInactivi": told["inactive"],
        },
        "inregistrare_SplitTVA": {"statusSplitTVA": False},
        "adresa_sediu_social": {
            "sdenumire_Strada": told["street"], "snumar_Strada": told["number"],
            "sdenumire_Localitate": told["city"], "scod_JudetAuto": told["county"], "sdetalii_Adresa": "",
            "scod_Postal": told["post_code"],
        },
    }  # fmt: skip


@dataclass
class Registers:
    """What the two know, what they were asked, and how they fail.

    `anaf_fault` and `vies_fault` are None, or: `drop` (the connection breaks after the question), `slow`, `html`
    (the firewall's page with 200), `malformed` (half a JSON), `empty`, `503`, `429`, `old` (VIES' older shape) or one
    of VIES' own codes such as `MS_UNAVAILABLE`.
    """

    companies: dict[int, dict[str, Any]] = field(default_factory=dict)
    vat_ids: dict[str, dict[str, Any]] = field(default_factory=dict)
    anaf_fault: str | None = None
    vies_fault: str | None = None
    asked: list[tuple[str, Any]] = field(default_factory=list)
    waited: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def knows(self, cui: str, **facts: Any) -> None:
        """Let ANAF know a company."""
        self.companies[int(cui)] = company(int(cui), **facts)

    def confirms(self, vat_id: str, valid: bool = True, **facts: Any) -> None:
        """Let VIES know a number, in force or not."""
        self.vat_ids[vat_id] = {"valid": valid, **facts}

    def questions(self, path: str) -> list[Any]:
        """What one of the two was asked, in order."""
        return [body for asked, body in self.asked if asked == path]

    def anaf(self, body: list[dict[str, Any]]) -> dict[str, Any]:
        """ANAF's answer."""
        numbers = [entry["cui"] for entry in body]
        known = [self.companies[number] for number in numbers if number in self.companies]
        return {"found": known, "notFound": [number for number in numbers if number not in self.companies]}

    def vies(self, body: dict[str, Any]) -> dict[str, Any]:
        """VIES' answer; a proof only for who names itself, and hidden names as DE and ES hide them."""
        known = self.vat_ids.get(body["countryCode"] + body["vatNumber"], {"valid": False})
        named = bool(body.get("requesterNumber"))
        answer = {
            "countryCode": body["countryCode"], "vatNumber": body["vatNumber"],
            "requestDate": "2026-11-22T10:00:00.000Z", "valid": known["valid"],
            "requestIdentifier": f"WAPI{len(self.asked):04}" if named and known["valid"] else "",
            "name": known.get("name", "---"), "address": known.get("address", "---"),
        }  # fmt: skip
        if self.vies_fault == "old":
            answer["isValid"] = answer.pop("valid")
        return answer


class _Handler(BaseHTTPRequestHandler):
    registers: Registers

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.registers.asked.append((self.path, body))
        is_anaf = self.path == ANAF
        fault = self.registers.anaf_fault if is_anaf else self.registers.vies_fault
        if fault == "drop":
            self.close_connection = True
            return
        if fault == "slow":
            # Longer than any test waits: the test ends it.
            self.registers.waited.wait(30)
            return
        answer = self.registers.anaf(body) if is_anaf else self.registers.vies(body)
        text = json.dumps(answer).encode()
        if fault is not None and fault.isdigit():
            self._send(int(fault), "text/html", FIREWALL)
        elif fault == "html":
            self._send(200, "text/html", FIREWALL)
        elif fault == "malformed":
            self._send(200, "application/json", text[: len(text) // 2])
        elif fault == "empty":
            self._send(200, "application/json", b"{}")
        elif fault is not None and fault.isupper():
            error = {"actionSucceed": False, "errorWrappers": [{"error": fault}]}
            self._send(200, "application/json", json.dumps(error).encode())
        else:
            self._send(200, "application/json", text)

    def _send(self, status: int, kind: str, content: bytes) -> None:
        # Who lost patience is gone.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[Registers]:
    """Run both for the length of a block."""
    registers = Registers()
    handler = type("Handler", (_Handler,), {"registers": registers})
    with local_server.serving(handler) as registers.url:
        try:
            yield registers
        finally:
            registers.waited.set()
