"""ANAF's e-Factura service (FCTEL): uploading documents, asking for their state, lists of messages, downloads.

What matters after each call is what is known: an answer that says yes or no, an upload that may have arrived
(`Unknown`: ANAF answers many faults with HTTP 200), or a call that certainly did nothing (`NotSent`, `TryLater`).
ANAF's daily and minutely limits are kept here, by counters that all processes share.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from praho.billing.efactura.gateways import spv_answers, spv_calls
from praho.billing.efactura.gateways.spv_types import (
    Accepted,
    Access,
    Downloaded,
    Gone,
    Later,
    Listed,
    MessageKind,
    NotSent,
    Processing,
    QueryFailed,
    Refused,
    Rejected,
    Standard,
    TryLater,
    Unknown,
    Uploaded,
)
from praho.core import clock
from praho.sdk import errors as sdk_errors
from praho.sdk.http_client import HttpResponse

log = structlog.get_logger(__name__)

POLLS_A_DAY = 90
DOWNLOADS_A_DAY = 9
LISTS_A_DAY = 1000
MOST_DAYS = 60
_MOST_PAGES = 200
_SIX_HOURS = 21_600
_TECHNICAL = re.compile(r"eroare tehnica", re.IGNORECASE)
_NOTHING = re.compile(r"nu exista mesaje", re.IGNORECASE)
_TOO_MANY = re.compile(r"paginatie", re.IGNORECASE)
_PAST_THE_END = re.compile(r"pagina solicitata", re.IGNORECASE)
_IN_FUTURE = re.compile(r"nu poate in viitor", re.IGNORECASE)
_NOT_OURS = re.compile(r"nu aveti dreptul", re.IGNORECASE)
_NOT_THERE = re.compile(r"nu exista factura", re.IGNORECASE)
_GONE = re.compile(r"60 de zile|nu exista inregistrata", re.IGNORECASE)
_EARLIER = re.compile(r"transmisa anterior cu index\s*=\s*([0-9]+)", re.IGNORECASE)


def upload(
    access: Access, xml: bytes, *, standard: Standard, consumer: bool, extern: bool
) -> Uploaded | Refused | Unknown:
    """Upload a document once. `consumer`: the buyer is none who has a fiscal code; `extern`: the buyer is abroad.

    Raises NotSent where it certainly did not arrive, and AccessDenied where ANAF takes nothing from us.
    """
    query = {"standard": standard.value, "cif": access.cif} | ({"extern": "DA"} if extern else {})
    path = "/uploadb2c" if consumer else "/upload"
    try:
        response = spv_calls.call(access, "POST", path, query, NotSent, content=xml)
    except sdk_errors.OutcomeUnknown as error:
        return Unknown(str(error))
    if not response.ok:
        return _refused_upload(response)
    try:
        head = spv_answers.header(response.body)
    except spv_answers.Unreadable as error:
        return Unknown(str(error))
    index = head.attributes.get("index_incarcare", "")
    if head.attributes.get("ExecutionStatus") == "0" and index.isdecimal():
        return Uploaded(index)
    if head.attributes.get("ExecutionStatus") == "1" and head.errors:
        return _judged_upload("; ".join(head.errors))
    return Unknown("ANAF's answer names no index")


def state(access: Access, index: str) -> Processing | Accepted | Rejected | QueryFailed:
    """Ask what became of an upload.

    Raises TryLater where the answer cannot be read or enough was asked today, and AccessDenied where ANAF answers
    nothing of ours.
    """
    spv_calls.spend_daily("anaf.state", f"{access.cif}:{index}", POLLS_A_DAY)
    body = spv_calls.asked(access, "/stareMesaj", {"id_incarcare": index})
    try:
        head = spv_answers.header(body)
    except spv_answers.Unreadable as error:
        raise TryLater(str(error)) from error
    found = " ".join(head.attributes.get("stare", "").lower().split())
    download_id = head.attributes.get("id_descarcare") or None
    message = "; ".join(head.errors)
    if found == "in prelucrare":
        return Processing()
    if found == "ok" and download_id:
        return Accepted(download_id)
    if found == "nok" or found.startswith("xml cu erori"):
        return Rejected(download_id, message or head.attributes["stare"])
    if not found and message:
        return _unasked(message)
    raise TryLater(f"ANAF names a state that is not known: {found[:80]!r}")


def listed(access: Access, *, days: int) -> tuple[Listed, ...]:
    """Return the messages of the last `days` (1 to 60), newest or oldest first as ANAF gives them.

    The list may lag a quarter of an hour behind what `state` says. Raises TryLater and AccessDenied.
    """
    asked = min(max(days, 1), MOST_DAYS)
    spv_calls.spend_daily("anaf.list", access.cif, LISTS_A_DAY)
    answer = spv_calls.fields(spv_calls.asked(access, "/listaMesajeFactura", {"zile": str(asked), "cif": access.cif}))
    refusal = spv_calls.refusal_in(answer)
    if refusal is None:
        return _messages(answer)
    if _NOTHING.search(refusal):
        return ()
    if _TOO_MANY.search(refusal):
        return _paged(access, asked)
    raise _not_answered(refusal)


def download(access: Access, download_id: str) -> Downloaded | Gone:
    """Fetch the answer to a document. Raises TryLater, also for a ZIP that is not what it must be, and AccessDenied."""
    spv_calls.spend_daily("anaf.download", f"{access.cif}:{download_id}", DOWNLOADS_A_DAY)
    body = spv_calls.asked(access, "/descarcare", {"id": download_id})
    if spv_answers.is_archive(body):
        try:
            found = spv_answers.contents(body)
        except spv_answers.Unreadable as error:
            raise TryLater(str(error), _SIX_HOURS) from error
        return Downloaded(body, found.document_xml, found.signature_xml, found.errors)
    refusal = spv_calls.refusal_in(spv_calls.fields(body))
    if refusal is not None and _GONE.search(refusal):
        return Gone(refusal)
    raise _not_answered(refusal or "the answer is neither a ZIP nor a refusal")


def earlier_index(message: str) -> str | None:
    """Return the index of the upload that ANAF says is the same document, from the message of a rejection."""
    found = _EARLIER.search(message)
    return found.group(1) if found else None


def _paged(access: Access, days: int) -> tuple[Listed, ...]:
    """Read the list by pages; where ANAF's clock is behind ours, the window ends earlier, once."""
    for margin in (timedelta(seconds=60), timedelta(minutes=15)):
        found = _pages(access, days, margin)
        if found is not None:
            return found
    raise TryLater("ANAF's clock is far behind ours", 900)


def _pages(access: Access, days: int, margin: timedelta) -> tuple[Listed, ...] | None:
    now = clock.machine_now()
    # Messages of the sixtieth day vanish while we ask.
    start = now - timedelta(days=days) + (timedelta(minutes=5) if days == MOST_DAYS else timedelta(0))
    window = {"startTime": _milliseconds(start), "endTime": _milliseconds(now - margin), "cif": access.cif}
    found: list[Listed] = []
    for page in range(1, _MOST_PAGES + 1):
        answer = spv_calls.fields(
            spv_calls.asked(access, "/listaMesajePaginatieFactura", {**window, "pagina": str(page)})
        )
        refusal = spv_calls.refusal_in(answer)
        if refusal is not None and _IN_FUTURE.search(refusal):
            return None
        if refusal is not None and (_NOTHING.search(refusal) or _PAST_THE_END.search(refusal)):
            break
        if refusal is not None:
            raise _not_answered(refusal)
        found += _messages(answer)
        pages = answer.get("numar_total_pagini")
        if isinstance(pages, int) and page >= pages:
            break
    return tuple(found)


def _messages(answer: Mapping[str, Any]) -> tuple[Listed, ...]:
    rows = answer.get("mesaje")
    if not isinstance(rows, list):
        raise TryLater("the list has no messages and no refusal")
    found = (_message(row) for row in rows)
    return tuple(message for message in found if message is not None)


def _message(row: object) -> Listed | None:
    try:
        texts = {name: str(value) for name, value in row.items()}  # type: ignore[attr-defined]
        created = datetime.strptime(texts["data_creare"], "%Y%m%d%H%M").replace(tzinfo=clock.BUCHAREST)
        kind = MessageKind(texts["tip"]) if texts["tip"] in {one.value for one in MessageKind} else MessageKind.OTHER
        return Listed(texts["id_solicitare"], texts["id"], kind, texts.get("detalii", ""), created.astimezone(UTC))
    except (AttributeError, KeyError, ValueError):
        # One strange message must not hide the others for as long as ANAF lists it.
        log.warning("a message of ANAF's list cannot be read", message=str(row)[:500])
        return None


def _refused_upload(response: HttpResponse) -> Refused | Unknown:
    if response.status != 400:
        return Unknown(f"ANAF answered {response.status}")
    try:
        message = spv_answers.fields(response.body).get("message")
    except spv_answers.Unreadable as error:
        return Unknown(str(error))
    return _judged_upload(message) if isinstance(message, str) and message else Unknown("ANAF answered 400")


def _judged_upload(message: str) -> Refused | Unknown:
    if _TECHNICAL.search(message):
        return Unknown(message)
    reason = spv_calls.reason(message, NotSent)
    if reason is not None:
        raise reason
    return Refused(message)


def _unasked(message: str) -> QueryFailed:
    reason = spv_calls.reason(message, TryLater)
    if reason is not None:
        raise reason
    return QueryFailed(message, _NOT_OURS.search(message) is not None, _NOT_THERE.search(message) is not None)


def _not_answered(message: str) -> Later:
    return spv_calls.reason(message, TryLater) or TryLater(message, 900)


def _milliseconds(instant: datetime) -> str:
    return str(int(instant.timestamp() * 1000))
