"""Reading what ANAF's e-Factura service sends, without trusting any of it: XML headers, JSON refusals, ZIP files."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

_MOST_MEMBER_BYTES = 32 * 1024 * 1024
_MEMBER = re.compile(r"(semnatura_)?[0-9]{1,20}\.xml")
_ENCRYPTED = 0x1
_ERRORS_ROOT = "header"


class Unreadable(ValueError):
    """The bytes are not what ANAF documents; the message says what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Header:
    """The `header` element of an answer: its attributes, and the messages of its `Errors`."""

    attributes: Mapping[str, str]
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The two files of a downloaded ZIP, and ANAF's messages where the document is its list of errors."""

    document_xml: bytes
    signature_xml: bytes
    errors: tuple[str, ...]


def header(body: bytes) -> Header:
    """Return the header of an XML answer; raises Unreadable for anything else, such as a firewall's page."""
    root = _root(body)
    if etree.QName(root).localname != "header":
        raise Unreadable("the answer is no header of ANAF")
    return Header({str(name): str(value) for name, value in root.attrib.items()}, _messages(root, "Errors"))


def fields(body: bytes) -> dict[str, Any]:
    """Return the JSON object of an answer; raises Unreadable where there is none."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("the answer is no JSON") from None
    if not isinstance(value, dict):
        raise Unreadable("the answer is no JSON object")
    return value


def is_archive(body: bytes) -> bool:
    """Say whether the bytes begin as a ZIP file does."""
    return body.startswith(b"PK\x03\x04")


def contents(archive: bytes) -> Contents:
    """Return what a downloaded ZIP holds, read in memory.

    Raises Unreadable unless it holds exactly `<digits>.xml` and `semnatura_<digits>.xml`, both of a decent size and in
    clear: a name with a path, a third file, a bomb or a password is refused as a whole.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            members = {info.filename: _member(opened, info) for info in _known(opened.infolist())}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise Unreadable(f"the ZIP cannot be read: {error}") from error
    document = next(content for name, content in members.items() if not name.startswith("semnatura_"))
    signature = next(content for name, content in members.items() if name.startswith("semnatura_"))
    root = _root(document)
    refused = etree.QName(root).localname == _ERRORS_ROOT
    return Contents(document, signature, _messages(root, "Error") if refused else ())


def _known(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    names = sorted(info.filename for info in members)
    strange = [name for name in names if not _MEMBER.fullmatch(name)]
    if strange or len(names) != 2 or names[1] != f"semnatura_{names[0]}":
        raise Unreadable("the ZIP does not hold a document and its signature")
    if any(info.flag_bits & _ENCRYPTED for info in members):
        raise Unreadable("the ZIP is encrypted")
    return members


def _member(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    # The size that a ZIP declares is its maker's word; what is read is counted.
    with opened.open(info) as stream:
        content = stream.read(_MOST_MEMBER_BYTES + 1)
    if len(content) > _MOST_MEMBER_BYTES:
        raise Unreadable("a file of the ZIP is too large")
    return content


def _root(body: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("the answer is no XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("the answer has a DOCTYPE")
    return root


def _messages(root: etree._Element, name: str) -> tuple[str, ...]:
    found = (" ".join(node.get("errorMessage", "").split()) for node in root.iter(f"{{*}}{name}"))
    return tuple(message for message in found if message)
