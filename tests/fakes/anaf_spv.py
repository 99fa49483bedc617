"""ANAF's e-Factura on this machine: uploads, states, lists, downloads and authorization, with faults on demand."""

import io
import json
import re
import threading
import zipfile
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import quoteattr

from praho.core import clock
from tests.fakes import anaf_login, local_server

SERVICE = "/test/FCTEL/rest"
FIREWALL = (
    b"<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with"
    b" your administrator.<br><br>Your support ID is: 1234567890</body></html>"
)
TECHNICAL = "A aparut o eroare tehnica. Cod: 1814"
SIGNATURE = b'<?xml version="1.0"?><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignatureValue/></Signature>'
_UPLOAD, _STATE = "mfp:anaf:dgti:spv:respUploadFisier:v1", "mfp:anaf:dgti:efactura:stareMesajFactura:v1"
_ERRORS = "mfp:anaf:dgti:efactura:mesajEroriFactuta:v1"
_PAGE_SIZE = 500
Fault = str | bytes | tuple[int, bytes]
_NUMBER = re.compile(rb"<cbc:ID>([^<]*)</cbc:ID>")


@dataclass
class Stored:
    """A document as it arrived, and what becomes of it: `polls` more questions find it in processing."""

    index: str
    xml: bytes
    service: str
    query: dict[str, str]
    errors: tuple[str, ...]
    polls: int
    created: str

    @property
    def download_id(self) -> str:
        return f"3{self.index[1:]}"

    @property
    def number(self) -> str:
        found = _NUMBER.search(self.xml)
        return found.group(1).decode() if found else ""


@dataclass
class Anaf:
    """What ANAF has and was asked, and how it fails.

    `fail(call, …)` queues one fault for each of the next calls of `upload`, `state`, `list`, `page`, `download` or
    `exchange`: `drop` (the connection breaks), `slow` (no answer before the end), `html` (the firewall's page with
    200), `empty` (200 and nothing), a status such as `502`; on an upload also `technical` and `no-index`. With
    `stored:` before it, the call does its work first. Bytes are an answer of their own: with 200, or with a status
    in a pair.
    """

    url: str = ""
    rights: set[str] = field(default_factory=lambda: {"14399840"})
    login: anaf_login.Login = field(default_factory=anaf_login.Login)
    uploads: list[Stored] = field(default_factory=list)
    received: list[dict[str, str]] = field(default_factory=list)
    processing: int = 0
    clock_behind: int = 0
    listing: bool = True
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    waited: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    _faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    _verdicts: deque[tuple[str, ...]] = field(default_factory=deque)

    def fail(self, call: str, *faults: Fault) -> None:
        """Let the next calls of this kind fail, one fault each."""
        self._faults[call].extend(faults)

    def reject(self, *messages: str) -> None:
        """Let the next document that arrives be found wrong, with these messages."""
        self._verdicts.append(messages)

    def calls(self, call: str) -> list[dict[str, str]]:
        """What was asked of one kind, in order."""
        return [query for name, query in self.asked if name == call]

    def fault(self, call: str) -> Fault:
        """Take the next fault of a kind of call; empty where it goes well."""
        return self._faults[call].popleft() if self._faults[call] else ""

    def store(self, xml: bytes, service: str, query: dict[str, str]) -> Stored:
        """Take a document; the same number a second time is found wrong, as ANAF finds it."""
        number = _NUMBER.search(xml)
        known = [one for one in self.uploads if number and one.number == number.group(1).decode() and not one.errors]
        errors = self._verdicts.popleft() if self._verdicts else ()
        if known:
            errors = (f"Factura a mai fost transmisa anterior cu index={known[0].index} si data incarcare=2026-10-09",)
        index = str(5_000_000_001 + len(self.uploads))
        created = clock.machine_now().astimezone(clock.BUCHAREST).strftime("%Y%m%d%H%M")
        stored = Stored(index, xml, service, query, errors, self.processing, created)
        self.uploads.append(stored)
        return stored

    def upload(self, service: str, query: dict[str, str], body: bytes, fault: str) -> bytes:
        """Answer an upload."""
        if query.get("cif") not in self.rights:
            return _header(_UPLOAD, f"Nu aveti drept in SPV pentru CIF={query.get('cif')}", ExecutionStatus="1")
        if query.get("standard") not in {"UBL", "CN", "CII", "RASP"}:
            message = "Valorile acceptate pentru parametrul standard sunt UBL, CN, CII sau RASP"
            return _header(_UPLOAD, message, ExecutionStatus="1")
        if fault == "technical":
            return _header(_UPLOAD, TECHNICAL, ExecutionStatus="1")
        stored = self.store(body, service, query)
        if fault == "stored:technical":
            return _header(_UPLOAD, TECHNICAL, ExecutionStatus="1")
        if fault == "no-index":
            return _header(_UPLOAD, dateResponse="202610091200", ExecutionStatus="0")
        return _header(_UPLOAD, dateResponse="202610091200", ExecutionStatus="0", index_incarcare=stored.index)

    def state(self, query: dict[str, str]) -> bytes:
        """Answer a question for a state."""
        stored = self._find(lambda one: one.index == query.get("id_incarcare"))
        if stored is None:
            return _header(_STATE, f"Nu exista factura cu id_incarcare= {query.get('id_incarcare')}")
        if stored.polls > 0:
            stored.polls -= 1
            return _header(_STATE, stare="in prelucrare")
        return _header(_STATE, stare="nok" if stored.errors else "ok", id_descarcare=stored.download_id)

    def listed(self, query: dict[str, str]) -> dict[str, Any]:
        """Answer a question for the messages of some days."""
        messages = self._messages()
        if query.get("cif") not in self.rights:
            return _refusal(f"Nu aveti drept in SPV pentru CIF={query.get('cif')}")
        if not messages:
            return _refusal(f"Nu exista mesaje in ultimele {query.get('zile')} zile")
        if len(messages) > _PAGE_SIZE:
            return _refusal(
                "Lista de mesaje este mai mare decat numarul de 500 elemente permise in pagina."
                " Folositi endpoint-ul cu paginatie."
            )
        return {"mesaje": messages, "serial": "1234AA456", "cui": query["cif"], "titlu": "Lista Mesaje"}

    def page(self, query: dict[str, str]) -> dict[str, Any]:
        """Answer a question for one page of a window of time."""
        messages, page = self._messages(), int(query["pagina"])
        if int(query["endTime"]) > (clock.machine_now().timestamp() - self.clock_behind) * 1000:
            return _refusal("endTime = 30-07-2026 15:15:28 nu poate in viitor fata de momentul requestului = …")
        pages = -(-len(messages) // _PAGE_SIZE)
        if page > max(pages, 1):
            return _refusal(f"Pagina solicitata {page} este mai mare decat numarul toatal de pagini {pages}")
        shown = messages[(page - 1) * _PAGE_SIZE : page * _PAGE_SIZE]
        return {"mesaje": shown, "numar_total_pagini": pages, "index_pagina_curenta": page}

    def download(self, query: dict[str, str]) -> bytes:
        """Answer with the ZIP of a document, or of its errors."""
        stored = self._find(lambda one: one.download_id == query.get("id"))
        if stored is None:
            return json.dumps(_refusal(f"Pentru id={query.get('id')} nu exista inregistrata nici o factura")).encode()
        content = stored.xml
        if stored.errors:
            content = _document(_ERRORS, {"Index_incarcare": stored.index}, "Error", stored.errors)
        return archive({f"{stored.index}.xml": content, f"semnatura_{stored.index}.xml": SIGNATURE})

    def _messages(self) -> list[dict[str, str]]:
        decided = [one for one in self.uploads if one.polls <= 0] if self.listing else []
        return [_message(one) for one in decided] + self.received

    def _find(self, wanted: Any) -> Stored | None:
        return next((one for one in self.uploads if wanted(one)), None)


def archive(files: dict[str, bytes]) -> bytes:
    """A ZIP in memory."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return target.getvalue()


def received(number: int) -> dict[str, str]:
    """A message about an invoice of somebody else, as it stands in the lists."""
    details = f"Factura cu id_incarcare={number} emisa de cif_emitent=87654329 pentru cif_beneficiar=14399840"
    return {
        "data_creare": "202610091201", "cif": "14399840", "id_solicitare": str(number), "detalii": details,
        "tip": "FACTURA PRIMITA", "id": str(number + 1),
    }  # fmt: skip


def _message(one: Stored) -> dict[str, str]:
    cif = one.query["cif"]
    details = f"Factura cu id_incarcare={one.index} emisa de cif_emitent={cif} pentru cif_beneficiar=87654329"
    if one.errors:
        details = f"Erori de validare identificate la factura transmisa cu id_incarcare={one.index}"
    return {
        "data_creare": one.created, "cif": cif, "id_solicitare": one.index, "detalii": details,
        "tip": "ERORI FACTURA" if one.errors else "FACTURA TRIMISA", "id": one.download_id,
    }  # fmt: skip


def _header(namespace: str, *messages: str, **attributes: str) -> bytes:
    return _document(namespace, attributes, "Errors", messages)


def _document(namespace: str, attributes: dict[str, str], name: str, messages: tuple[str, ...]) -> bytes:
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    inside = "".join(f"<{name} errorMessage={quoteattr(message)}/>" for message in messages)
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{declaration}<header xmlns="{namespace}"{written}>{inside}</header>'.encode()


def _refusal(message: str) -> dict[str, Any]:
    return {"eroare": message, "titlu": "Lista Mesaje"}


class _Handler(BaseHTTPRequestHandler):
    anaf: Anaf

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, body: bytes) -> None:
        address = urlsplit(self.path)
        call, work = self._call(address.path, dict(parse_qsl(address.query)), body)
        with self.anaf.lock:
            fault = self.anaf.fault(call)
            status, headers, content = 200, {}, b""
            idle = not isinstance(fault, str) or fault in ("drop", "slow", "html", "empty") or fault.isdigit()
            if not idle:
                status, headers, content = work(str(fault))
        if not isinstance(fault, str):
            status, content = fault if isinstance(fault, tuple) else (200, fault)
        else:
            ending = fault.removeprefix("stored:")
            if ending == "drop":
                self.close_connection = True
                return
            if ending == "slow":
                # Longer than any test waits: the test ends it.
                self.anaf.waited.wait(30)
                return
            if ending in ("html", "empty") or ending.isdigit():
                status, headers = int(ending) if ending.isdigit() else 200, {}
                content = b"" if ending == "empty" else FIREWALL
        self._send(status, headers, content)

    def _call(self, path: str, query: dict[str, str], body: bytes) -> tuple[str, Any]:
        if path in (anaf_login.PAGE, anaf_login.EXCHANGE):
            return self._login(path, query, body)
        service = path.removeprefix(SERVICE).strip("/")
        name = {
            "upload": "upload", "uploadb2c": "upload", "stareMesaj": "state", "listaMesajeFactura": "list",
            "listaMesajePaginatieFactura": "page", "descarcare": "download",
        }[service]  # fmt: skip
        self.anaf.asked.append((name, query))
        if self.headers.get("Authorization", "").removeprefix("Bearer ") not in self.anaf.login.access_tokens:
            return name, lambda _fault: (401, {}, b"")
        if name == "upload":
            return name, lambda fault: (200, {}, self.anaf.upload(service, query, body, fault))
        if name in ("state", "download"):
            return name, lambda _fault: (200, {}, getattr(self.anaf, name)(query))
        answer = self.anaf.page if name == "page" else self.anaf.listed
        return name, lambda _fault: (200, {}, json.dumps(answer(query)).encode())

    def _login(self, path: str, query: dict[str, str], body: bytes) -> tuple[str, Any]:
        login = self.anaf.login
        if path == anaf_login.PAGE:
            return "authorize", lambda _fault: login.page(query)
        return "exchange", lambda _fault: login.exchange(self.headers.get("Authorization", ""), body)

    def _send(self, status: int, headers: dict[str, str], content: bytes) -> None:
        # Who lost patience is gone.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[Anaf]:
    """Run ANAF for the length of a block."""
    anaf = Anaf()
    handler = type("Handler", (_Handler,), {"anaf": anaf})
    with local_server.serving(handler) as anaf.url:
        try:
            yield anaf
        finally:
            anaf.waited.set()
