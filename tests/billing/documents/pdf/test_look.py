"""The archive's form of a PDF, the XML inside it, two languages, colours, logos and payment codes."""

import io
import re
from dataclasses import replace

import pypdf
import pytest

from praho.billing.documents import snapshot
from praho.billing.documents.pdf import payment_code, renderer
from praho.billing.documents.pdf.look import Logo, Look
from praho.billing.efactura import builder
from tests.billing import samples

XML = builder.build(samples.document())
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40"/></svg>'
EURO = replace(samples.SELLER, bank_accounts=(snapshot.BankAccount("RO49AAAA1B31007593840000", "Banca", "EUR"),))


def read(**options):
    return pypdf.PdfReader(io.BytesIO(renderer.render(samples.document(), **options)))


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_is_pdf_a_3_with_the_xml_inside():
    reader = read(xml=renderer.Attachment("EXH-000001.xml", XML))
    assert reader.attachments == {"EXH-000001.xml": [XML]}
    metadata = reader.xmp_metadata.rdf_root.toxml()
    assert re.search(r"pdfaid:part[>=\"]+3", metadata)
    [file] = reader.trailer["/Root"]["/AF"]
    assert file.get_object()["/AFRelationship"] == "/Alternative"


def test_the_same_bytes_each_time():
    options = {"second": "en", "look": Look("#7a1f3d", Logo("svg", SVG)), "xml": renderer.Attachment("a.xml", XML)}
    assert renderer.render(samples.document(), **options) == renderer.render(samples.document(), **options)


def test_two_languages_say_each_heading_twice_and_each_fact_once():
    text = words(read(second="en"))
    for piece in ("Factură / Invoice", "Data emiterii / Issue date", "Cantitate / Quantity", "Total TVA / Total VAT"):
        assert piece in text
    assert text.count("Capital social: 200 RON") == 1
    assert "Share capital" not in text


def test_one_language_beside_itself_is_one():
    assert renderer.render(samples.document(), second="ro") == renderer.render(samples.document())


@pytest.mark.parametrize("logo", [None, Logo("svg", SVG)])
def test_a_logo_stands_for_the_name_at_the_top(logo):
    assert words(read(look=Look(logo=logo))).count(samples.SELLER.name) == (3 if logo is None else 2)


@pytest.mark.parametrize(
    ("logo", "fits"),
    [
        (Logo("svg", SVG), True),
        (Logo("png", b"\x89PNG\r\n\x1a\n" + b"x" * 40), False),
        (Logo("jpg", b"\xff\xd8\xff" + b"x" * 40), False),
        (Logo("svg", SVG.replace(b"<rect", b'<image href="/etc/passwd"/><rect')), False),
    ],
)
def test_a_picture_that_would_stop_every_document_is_known_before(logo, fits):
    assert renderer.can_draw(logo) is fits


def test_a_payment_in_euro_has_its_code():
    document = replace(samples.document(currency="EUR"), seller=EURO)
    [account] = document.seller.bank_accounts
    assert payment_code.of(document, account).startswith("<?xml")
    assert "Scan" in words(pypdf.PdfReader(io.BytesIO(renderer.render(document, "en"))))


@pytest.mark.parametrize("document", [samples.document(), samples.paid(samples.document(currency="EUR"))])
def test_no_code_where_there_is_nothing_to_pay_in_euro(document):
    assert payment_code.of(document, EURO.bank_accounts[0]) is None


def test_letters_that_no_font_has_do_not_stop_a_document():
    document = replace(samples.document(), buyer=replace(samples.COMPANY, name="株式会社 😀"))
    assert renderer.render(document).startswith(b"%PDF")
