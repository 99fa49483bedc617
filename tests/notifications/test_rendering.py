"""What a mail says: every template in both languages, the company's name, whole addresses, attachments by id."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import StrictUndefined, meta
from lxml import html

import praho
from praho.billing.efactura.services import printing
from praho.core.contributions import Recipient
from praho.core.db.scope import SystemScope, entered
from praho.core.i18n import gettext
from praho.models.notifications import Message
from praho.notifications.services import rendering
from tests.factories import billing, customers
from tests.notifications.conftest import message

HOUSE = Path(praho.__file__).parent
TEMPLATES = sorted(
    f"{path.parents[1].name}/{path.stem}" for path in HOUSE.glob("*/templates/*/email/*.html") if path.parts[-4] != "ui"
)
GIVEN = {"brand", "url_for", "recipient_name", "subject", "_"}


def written(app: Flask, template: str, locale: str = "ro", **facts: object) -> rendering.Parts:
    row = Message(template=template, facts=facts, locale=locale, recipient_name="Ana <Pop> & Fiii")
    with app.app_context(), entered(SystemScope("test")):
        return rendering.render(row, {})


def asked_for(app: Flask, template: str) -> set[str]:
    """Return the names of the values that a mail's templates print."""
    domain, name = template.split("/")
    names: set[str] = set()
    for ending in ("html", "txt"):
        source = app.jinja_env.loader.get_source(app.jinja_env, f"{domain}/email/{name}.{ending}")[0]
        names |= meta.find_undeclared_variables(app.jinja_env.parse(source))
    return names - GIVEN - set(app.jinja_env.globals)


@pytest.fixture
def strict(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application, in which a value that nobody gives is an error."""
    monkeypatch.setattr(app.jinja_env, "undefined", StrictUndefined)
    return app


def test_every_domain_writes_its_mails_in_both_forms():
    assert len(TEMPLATES) >= 8
    for template in TEMPLATES:
        domain, name = template.split("/")
        assert (HOUSE / domain / "templates" / domain / "email" / f"{name}.txt").is_file(), template


def test_every_mail_reads_in_both_languages(strict):
    billing.make_company()
    for template in TEMPLATES:
        facts = {name: f"[{name}]" for name in asked_for(strict, template)}
        for locale in ("ro", "en"):
            parts = written(strict, template, locale, **facts)
            assert parts.subject, template
            assert len(parts.subject) <= 120, template
            tree = html.fromstring(parts.html)
            assert tree.get("lang") == locale
            assert tree.findtext(".//title") == parts.subject
            assert "Găzduire Exemplu S.R.L." in tree.text_content(), template
            assert parts.text.count("Găzduire Exemplu S.R.L.") == 1, template
            assert "CUI 14399840" in tree.text_content(), template
            assert all(address.startswith("http://127.0.0.1:8000/") for address in tree.xpath("//a/@href")), template
            assert all(text.startswith("http://127.0.0.1:8000/") for text in re.findall(r"\S+://\S+", parts.text))


def test_what_people_typed_is_shown_as_they_typed_it(strict):
    parts = written(strict, "users/password_changed")

    assert "Ana <Pop> & Fiii" in parts.text
    assert "Ana &lt;Pop&gt; &amp; Fiii" in parts.html


def test_a_subject_is_the_first_line_of_the_text_and_not_in_it(strict):
    parts = written(strict, "users/reset_password", "en", token="tok")

    assert parts.subject == "Set a new password"
    assert parts.text.startswith("Dear Ana")


def test_rendering_leaves_the_request_at_hand_alone(app):
    billing.make_company()
    with app.test_request_context("/admin/"), entered(SystemScope("outer")):
        before = gettext("Invoice")
        written(app, "users/password_changed", "en")
        with entered(SystemScope("inner")) as session:
            assert session.is_active
        assert gettext("Invoice") == before


def test_the_document_is_attached_as_it_is_archived(app, run_jobs, mail_server):
    billing.make_seller()
    customer = customers.make_customer(email="conta@client.example")
    proforma = billing.make_proforma(customer)
    run_jobs()

    [mail] = mail_server.taken
    [attachment] = list(mail.iter_attachments())
    document = billing.document(proforma)
    assert mail["To"].addresses[0].addr_spec == "conta@client.example"
    assert document.number_text in mail["Subject"]
    assert (attachment.get_filename(), attachment.get_content_type()) == (
        f"{document.number_text}.pdf",
        "application/pdf",
    )
    with entered(SystemScope("test")):
        assert attachment.get_content() == printing.pdf_of(proforma).content


def test_only_the_name_of_the_document_is_kept_with_the_mail(app, queue):
    public_id = queue(attachments=[("document_pdf", "pro_1")])
    assert message(public_id).attachments == [{"kind": "document_pdf", "id": "pro_1"}]


def test_an_attachment_that_nobody_renders_is_an_error(app):
    with app.app_context(), entered(SystemScope("test")), pytest.raises(rendering.UnknownAttachment):
        rendering.attached("document_scan", "pro_1")


def test_each_recipient_reads_a_language_of_their_own(app, queue, run_jobs, mail_server):
    for locale in ("ro", "en"):
        queue("users/reset_password", Recipient(f"{locale}@x.example", "Ana", locale), secrets={"token": "t"})
    run_jobs()

    subjects = {mail["Content-Language"]: mail["Subject"] for mail in mail_server.taken}
    assert subjects["en"] == "Set a new password"
    assert subjects["ro"] != subjects["en"]
