import http.server
import threading

import pytest

from praho.billing import errors
from praho.billing.efactura import builder, findings, ubl
from praho.core import i18n
from tests.billing import samples

XML = builder.build(samples.document())
BODY = XML.partition(b"?>\n")[2]
DOCTYPE = b"<!DOCTYPE Invoice [<!ENTITY x 'y'>]>"


def refusal(xml):
    with i18n.in_locale("en"), pytest.raises(errors.UnreadableInvoice) as caught:
        ubl.parse(xml)
    with i18n.in_locale("en"):
        return str(caught.value)


def test_a_good_file_is_read():
    assert ubl.text(ubl.parse(XML), "cbc:ID") == "EXH-000001"


def test_f27_a_doctype_is_refused():
    assert "DOCTYPE" in refusal(DOCTYPE + BODY)
    assert "DOCTYPE" in refusal(b"<?xml version='1.0'?>\n<!-- x -->" + DOCTYPE + BODY)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "iso-8859-1"])
def test_f27_a_doctype_is_seen_in_any_encoding(encoding):
    declared = encoding if encoding == "iso-8859-1" else "utf-16"
    text = (
        f"\ufeff<?xml version='1.0' encoding='{declared}'?>"
        if "16-" in encoding
        else (f"<?xml version='1.0' encoding='{declared}'?>")
    )
    ascii_body = BODY.decode().encode("ascii", "xmlcharrefreplace").decode()
    assert "DOCTYPE" in refusal((text + DOCTYPE.decode() + ascii_body).encode(encoding))
    assert ubl.text(ubl.parse((text + ascii_body).encode(encoding)), "cbc:ID") == "EXH-000001"


def test_f27_nothing_is_fetched():
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}".encode()
        refusal(b"<!DOCTYPE Invoice SYSTEM '" + address + b"/invoice.dtd'>" + BODY)
        refusal(b"<!DOCTYPE Invoice [<!ENTITY x SYSTEM '" + address + b"/x'>]>" + BODY)
        ubl.parse(b"<?xml-stylesheet href='" + address + b"/style.xsl'?>" + BODY)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert asked == []


def test_an_entity_bomb_is_refused_before_it_grows():
    bomb = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
        f"<!ENTITY a{level} '{f'&a{level - 1 or str()};' * 10}'>".encode() for level in range(1, 12)
    )
    assert "DOCTYPE" in refusal(bomb + b"]><x>&a11;</x>")


def test_f29_ten_megabytes_are_the_limit():
    missing = ubl.MAX_BYTES - len(XML)
    halves = XML.replace(b"</cac:InvoiceLine>", b" " * (missing // 2) + b"</cac:InvoiceLine>", 1)
    padded = halves.replace(b"</Invoice>", b" " * (missing - missing // 2) + b"</Invoice>")
    assert len(padded) == ubl.MAX_BYTES
    ubl.parse(padded)
    assert "10 MB" in refusal(padded + b" ")


@pytest.mark.parametrize(
    "junk", [b"", b"   ", b"%PDF-1.7", b"<Invoice>", b"\x00\x01", b"<?xml version='1.0' encoding='klingon'?><x/>"]
)
def test_what_is_no_xml_is_said_to_be_none(junk):
    assert "XML" in refusal(junk)


@pytest.mark.parametrize("other", [b"<Invoice/>", b"<html><body/></html>", b"<Invoice xmlns='urn:x'/>"])
def test_another_document_is_named(other):
    assert "UBL" in refusal(other)


def test_very_deep_nesting_is_no_crash():
    assert "XML" in refusal(b"<Invoice xmlns='" + ubl.INVOICE.encode() + b"'>" + b"<a>" * 100_000)


def test_locations_count_namesakes():
    root = ubl.parse(XML)
    item = root.find("cac:InvoiceLine[2]/cac:Item", ubl.PREFIXES)
    assert findings.location(item) == "/Invoice[1]/InvoiceLine[2]/Item[1]"


def test_comments_do_not_hide_text():
    commented = XML.replace(b"EXH-000001", b"EXH<!-- x -->-000001", 1)
    assert ubl.text(ubl.parse(commented), "cbc:ID") == "EXH-000001"
