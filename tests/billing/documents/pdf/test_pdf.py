"""What a reader finds on the pages: every amount and name, nothing that is markup, nothing cut."""

import io
import re
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdf
import pytest

from praho.billing import types
from praho.billing.documents import snapshot
from praho.billing.documents.pdf import content, renderer
from praho.core import formatting, i18n, money
from tests.billing import samples

LONG = "Găzduire web cu un nume fără sfârșit " * 40
PROFORMA = snapshot.Reference(snapshot.ReferenceKind.PROFORMA, "PRF-000017", date(2026, 10, 1))


def pages(document, locale=None):
    reader = pypdf.PdfReader(io.BytesIO(renderer.render(document, locale)))
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in reader.pages]


def printed(document, locale=None):
    return " ".join(pages(document, locale))


def amount(minor, locale="ro"):
    return formatting.bare_amount(money.Money(minor, "RON"), locale)


DISCOUNTED = samples.document(
    [
        samples.draft("Găzduire iulie", "1234.56", "3", rate=Decimal(19), discount_minor=1000),
        samples.draft("Găzduire august", "0.0045", "100000.5"),
    ],
    discount_minor=2345,
)


@pytest.mark.parametrize("locale", ["ro", "en"])
@pytest.mark.parametrize(
    "document",
    [samples.document(), samples.proforma(), samples.paid(samples.document()), DISCOUNTED],
    ids=["invoice", "proforma", "paid", "discounted"],
)
def test_every_amount_is_on_the_page(document, locale):
    text = printed(document, locale)
    amounts = [document.totals.net_minor, document.totals.vat_minor, document.totals.total_minor]
    amounts += [line.net_minor for line in document.lines]
    amounts += [value for row in document.subtotals for value in (row.net_minor, row.vat_minor)]
    amounts += [-document.paid_minor, document.payable_minor]
    if document.totals.allowance_minor:
        amounts += [document.totals.line_net_minor, -document.totals.allowance_minor]
    missing = [minor for minor in amounts if minor != 0 and amount(minor, locale) not in text]
    assert missing == []


def test_a_discounted_document_in_words():
    text = printed(DISCOUNTED)
    assert "1 Găzduire iulie Reducere inclusă: 10,00 RON 3 buc. 1.234,56 19% 3.693,68" in text
    assert "2 Găzduire august 100.000,5 buc. 0,0045 21% 450,00" in text


def test_a_romanian_proforma():
    text = printed(samples.proforma(notes=("Comanda CMD-1042.",)))
    for piece in (
        "Factură proformă PRF-000017",
        "05.10.2026",
        "20.10.2026",
        "356,68 RON",
        "EXEMPLU HOSTING S.R.L. CUI: RO 12345674 Reg. Com.: J40/1234/2020 Capital social: 200 RON",
        "Strada Exemplului nr. 10 București, sector 3, 030167",
        "CLIENT TEST S.R.L. CUI: RO 87654329 Reg. Com.: J12/5678/2019 Bulevardul Eroilor nr. 1",
        "Găzduire web Standard - client-test.ro Perioada: 05.10.2026 – 04.10.2027 1 an 239,88 21% 239,88",
        "Trafic suplimentar 13,5 GB 0,37 21% 5,00",
        "RO49 AAAA 1B31 0075 9384 0000 Banca Exemplu",
        "PRF-000017 la",
        "Comanda CMD-1042.",
        "Factura proformă nu este document fiscal și nu dă drept de deducere a TVA",
        "Pagina 1 din 1",
    ):
        assert piece in text


def test_an_english_invoice():
    text = printed(samples.document(), "en")
    for piece in ("Invoice EXH-000001", "Issue date", "5 Oct 2026", "356.68 RON", "Bucharest, sector 3", "Page 1 of 1"):
        assert piece in text


def test_a_paid_invoice():
    text = printed(samples.paid(samples.document(buyer=samples.PERSON, references=(PROFORMA,))))
    assert "Achitată" in text
    assert "05.10.2026 card 356,68 RON" in text
    assert "Factura proformă: PRF-000017 din 01.10.2026." in text
    assert "Prezenta factură circulă fără semnătură și ștampilă, conform art. 319 alin. (29)" in text
    # Nothing is left to pay: neither an account nor a date asks for it.
    assert "RO49" not in text
    assert "20.10.2026" not in text


def test_a_part_payment_leaves_the_rest_to_pay():
    text = printed(samples.document(payments=(samples.payment(35600),)))
    assert "Achitată" not in text
    assert "-356,00" in text
    assert "0,68 RON" in text
    assert "RO49 AAAA" in text


def test_one_ban_is_still_to_pay():
    text = printed(samples.document([samples.draft("x", "0.01")]))
    assert "20.10.2026" in text
    assert "RO49 AAAA" in text


def test_half_a_period_is_no_period():
    drafts = [
        samples.draft("x", "1", period_start=date(2026, 9, 1)),
        samples.draft("y", "1", period_end=date(2026, 9, 2)),
    ]
    text = printed(samples.document(drafts))
    assert "Perioada" not in text


def test_a_correction_names_its_invoice():
    reference = snapshot.Reference(snapshot.ReferenceKind.CORRECTED_INVOICE, "EXH-000001", date(2026, 10, 5))
    document = samples.document(number="EXH-000002", references=(reference,))
    assert "EXH-000001 din 05.10.2026" in printed(document)


def test_the_tax_point_is_shown_when_it_is_another_day():
    assert "30.09.2026" in printed(samples.document(tax_point=date(2026, 9, 30)))
    assert "30.09.2026" not in printed(samples.proforma(tax_point=date(2026, 9, 30)))


def test_a_personal_code_is_never_printed():
    buyer = replace(samples.PERSON, personal_id="1630615123457")
    text = printed(samples.document(buyer=buyer))
    assert "1630615123457" not in text
    assert "0000000000000" not in text


def test_a_company_that_left_vat_has_no_prefix():
    text = printed(samples.document(buyer=replace(samples.COMPANY, vat_payer=False)))
    assert "CUI: 87654329" in text
    assert "RO 87654329" not in text


@pytest.mark.parametrize(
    ("category", "words"),
    [
        (types.TaxCategory.REVERSE_CHARGE, "taxare inversă"),
        (types.TaxCategory.EXEMPT, "scutit"),
        (types.TaxCategory.OUTSIDE_SCOPE, "neimpozabil"),
        (types.TaxCategory.ZERO, "0%"),
    ],
)
def test_lines_without_vat_say_why(category, words):
    text = printed(samples.document([samples.draft("x", "10", category=category, rate=Decimal(0))]))
    assert text.count(words) == 2


def test_a_foreign_buyer_has_a_country():
    address = snapshot.Address(country="DE", city="München", street="Hauptstraße 1", postal_code="80331")
    document = samples.document(buyer=replace(samples.COMPANY, address=address, vat_id="DE136695976"))
    assert "München, 80331 Germania" in printed(document)
    assert "Germany" in printed(document, "en")


@pytest.mark.parametrize("letters", ["ăâîșțĂÂÎȘȚ", "şţŞŢ", "äöüßéèñçøåłżő", "Привет", "Ελλάδα"])
def test_letters_come_out_as_typed(letters):
    assert letters in printed(samples.document(buyer=replace(samples.COMPANY, name=f"{letters} S.R.L.")))


INJECTIONS = [
    "#strong[x]",
    "*bold* _it_",
    "$x^2$",
    "a \\ b",
    "<label> @ref",
    "#panic()",
    "// c",
    "/* c */",
    "= Title",
    "- item",
    "`code`",
    '"quotes" {page}',
    "]} #{",
    "~ --- ...",
]


@pytest.mark.parametrize("markup", INJECTIONS)
def test_markup_in_names_is_inert(markup):
    party = replace(samples.COMPANY, name=f"A {markup} Z", address=replace(samples.COMPANY.address, street=markup))
    document = samples.document(
        [samples.draft(f"A {markup} Z", "10", details=markup)],
        number=f"EXH-1 {markup}",
        buyer=party,
        seller=replace(party, vat_id=samples.SELLER.vat_id),
        notes=(f"N {markup} Z",),
    )
    text = printed(document)
    expected = " ".join(markup.split())
    assert text.count(f"A {expected} Z") >= 3
    assert f"N {expected} Z" in text
    assert f"EXH-1 {expected}" in text


def test_control_characters_and_emoji_do_no_harm():
    document = samples.document([samples.draft("Găz\u0001duire\u0000 \u202e 😀 web", "10")], number="EXH-\u00071")
    text = printed(document)
    assert "Găzduire" in text
    assert "EXH-1" in text


def test_empty_optional_fields():
    seller = replace(
        samples.SELLER,
        registration_number=None,
        share_capital=None,
        phone=None,
        email=None,
        contact_name=None,
        bank_accounts=(),
    )
    buyer = replace(samples.PERSON, address=replace(samples.PERSON.address, postal_code=None))
    text = printed(samples.document([samples.draft("Domeniu", "49.90")], due_date=None, seller=seller, buyer=buyer))
    assert "None" not in text
    assert "Strada Florilor nr. 5 București, sector 2" in text
    assert printed(samples.document(())).count("0,00") == 4


SIXTY = samples.document(
    [
        samples.draft(f"Serviciul {number}: găzduire pentru exemplu-{number}.ro", "12.34", str(number))
        for number in range(1, 61)
    ]
)


def test_sixty_lines_keep_whole_and_in_order():
    found = pages(SIXTY)
    count = len(found)
    assert count >= 3
    text = " ".join(found)
    for line in SIXTY.lines:
        row = f"{line.position} {line.description} {line.position} buc. 12,34 21% {amount(line.net_minor)}"
        assert text.count(row) == 1
    for index, page in enumerate(found, start=1):
        assert f"Pagina {index} din {count}" in page
    # The heading of the table and the document's own name come again on each page that has lines.
    with_lines = [page for page in found if "buc." in page]
    assert all("Preț unitar fără TVA" in page for page in with_lines)
    assert all("Factură EXH-000001 EXEMPLU HOSTING S.R.L." in page for page in found[1:])


def test_lines_of_several_heights_are_never_cut():
    drafts = [
        samples.draft(
            f"Pachet {number}", "10", details="\n".join(f"rând {number}.{row} gata" for row in range(number % 9))
        )
        for number in range(1, 50)
    ]
    found = pages(samples.document(drafts))
    for number in range(1, 50):
        (page,) = [page for page in found if re.search(rf"\b{number} Pachet {number}\b", page)]
        assert all(f"rând {number}.{row} gata" in page for row in range(number % 9))


def test_enormous_texts_run_on_and_lose_nothing():
    document = samples.document(
        [samples.draft(LONG, "10", details=LONG * 6), samples.draft("x" * 300, "99999999.99")],
        notes=(LONG,),
        buyer=replace(samples.COMPANY, name="N" * 250, email="e" * 150 + "@x.ro"),
    )
    found = pages(document)
    text = " ".join(found)
    # A page may end between the two words.
    assert text.count("fără") >= text.count("sfârșit") == 40 * 8
    # Endless words are broken to fit; put together again they are whole.
    together = text.replace(" ", "")
    assert "x" * 300 in together
    assert "N" * 250 in together
    assert "e" * 150 + "@x.ro" in together
    assert "100.000.009,99" in text


@pytest.mark.parametrize(
    ("details", "whole"),
    [
        ("x" * 29, True),
        ("\n".join("x" * 43), True),
        ("\n".join("x" * 44), True),
        ("\n".join("x" * 45), False),
        ("x " * 600, True),
        ("x " * 675, False),
    ],
)
def test_only_a_row_too_high_for_a_page_may_break(details, whole):
    document = samples.document([samples.draft("x", "1", details=details)])
    with i18n.in_locale("ro"):
        (line,) = content.of(document, "ro")["lines"]
    assert line["whole"] is whole


def test_a_row_of_many_short_lines_loses_none():
    details = "\n".join(f"rând {number} gata" for number in range(150))
    text = printed(samples.document([samples.draft("x", "1", details=details)]))
    assert all(f"rând {number} gata" in text for number in range(150))


@pytest.mark.parametrize("document", [samples.document(), SIXTY], ids=["short", "sixty lines"])
def test_the_same_document_gives_the_same_bytes(document):
    assert renderer.render(document) == renderer.render(document)


def test_another_process_gives_the_same_bytes():
    code = (
        "import sys\n"
        "from praho.billing.documents.pdf import renderer\n"
        "from tests.billing import samples\n"
        "sys.stdout.buffer.write(renderer.render(samples.document()))\n"
    )
    other = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout
    assert other == renderer.render(samples.document())


def test_the_file_is_dated_by_the_document():
    reader = pypdf.PdfReader(io.BytesIO(renderer.render(samples.document())))
    assert reader.metadata["/CreationDate"].startswith("D:20261005000000")
    assert reader.metadata["/Title"] == "Factură EXH-000001"
    assert reader.metadata["/Author"] == "EXEMPLU HOSTING S.R.L."


def test_all_fonts_are_ours_and_inside():
    reader = pypdf.PdfReader(io.BytesIO(renderer.render(samples.document())))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    assert all("IBMPlexSans" in font["/BaseFont"] for font in fonts)
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert all({"/FontFile2", "/FontFile3"} & set(one.get_object()) for one in descriptors)


def test_the_compiler_is_loaded_only_when_a_document_is_made():
    code = "import sys; import praho.billing.documents.pdf.renderer; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_short_document_is_made_quickly():
    renderer.render(samples.document())
    seconds = []
    for number in range(7):
        document = samples.document(number=f"EXH-{number}")
        start = time.perf_counter()
        renderer.render(document)
        seconds.append(time.perf_counter() - start)
    # 12 ms on a machine at rest; the limit leaves room for one that is busy.
    assert statistics.median(seconds) < 0.12


def test_an_unknown_locale_is_refused():
    with pytest.raises(ValueError, match="locale"):
        renderer.render(samples.document(), "de")
