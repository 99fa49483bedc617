"""Reading UBL: the namespaces, the guarded parser, and where an element stands."""

import pyexpat
from collections.abc import Iterator

from lxml import etree

from praho.billing import errors
from praho.core.i18n import lazy_gettext as _

INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
CREDIT_NOTE = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
PREFIXES = {"cac": CAC, "cbc": CBC}

CUSTOMIZATION_ID = "urn:cen.eu:en16931:2017#compliant#urn:efactura.mfinante.ro:CIUS-RO:1.0.1"

# The ministry takes no larger file.
MAX_BYTES = 10 * 2**20

_ROOTS = {f"{{{INVOICE}}}Invoice", f"{{{CREDIT_NOTE}}}CreditNote"}


class _PrologEnded(Exception):
    """The root element was reached: no DOCTYPE can follow."""


def parse(xml: bytes) -> etree._Element:
    """Return the root of a UBL invoice or credit note from an untrusted source.

    Raises `UnreadableInvoice` when it is above 10 MB, is not well-formed, has a DOCTYPE (and with it any
    entity) or is another kind of document. Nothing outside the bytes is ever read.
    """
    if len(xml) > MAX_BYTES:
        raise errors.UnreadableInvoice(_("The file is larger than 10 MB, which is all that e-Factura takes."))
    _refuse_doctype(xml)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise _not_xml(str(error)) from None
    if root.tag not in _ROOTS:
        raise errors.UnreadableInvoice(
            _("This is no UBL invoice: its root is %(root)s.", root=etree.QName(root).localname)
        )
    return root


def text(node: etree._Element, path: str) -> str:
    """Return the text of the first element at `path`, white space collapsed; empty when there is none."""
    found = node.find(path, PREFIXES)
    return "" if found is None else content(found)


def content(node: etree._Element) -> str:
    """Return the text of an element with white space collapsed, as the rules count it."""
    return " ".join((node.text or "").split())


def every(node: etree._Element, path: str) -> Iterator[etree._Element]:
    """Yield the elements at `path` in document order."""
    yield from node.iterfind(path, PREFIXES)


def _refuse_doctype(xml: bytes) -> None:
    """Read the prolog only, in whatever encoding it declares, and stop at a DOCTYPE before it takes effect."""
    parser = pyexpat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = _stop
    try:
        parser.Parse(xml, True)
    except _PrologEnded:
        return
    except (pyexpat.ExpatError, ValueError, LookupError) as error:
        raise _not_xml(str(error)) from None


def _refuse(*_declaration: object) -> None:
    raise errors.UnreadableInvoice(_("The file declares a DOCTYPE, which an invoice never needs."))


def _stop(*_element: object) -> None:
    raise _PrologEnded


def _not_xml(reason: str) -> errors.UnreadableInvoice:
    return errors.UnreadableInvoice(_("The file is not well-formed XML: %(reason)s.", reason=reason))
