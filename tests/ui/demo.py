"""A small application that shows every component and layout; the tests of the design system look at its pages."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import flask
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from wtforms import (
    BooleanField,
    EmailField,
    FileField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Length

from praho.admin import design, palette
from praho.core import i18n
from praho.core.contributions import SearchHit, TimelineEntry
from praho.core.money import Money
from praho.core.web import error_pages, htmx, security_headers
from praho.ui import environment
from praho.ui.lists import Align, Column, Sort
from praho.ui.navigation import AccountMenu, Brand, Crumb, NavItem
from praho.ui.states import StateLabel, Tone

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(environment.__file__).parent / "static"
NOW = dt.datetime(2026, 1, 15, 12, 3, tzinfo=dt.UTC)

INVOICE_STATES = {
    "draft": StateLabel("Ciornă", Tone.NEUTRAL),
    "open": StateLabel("De plătit", Tone.WARNING),
    "paid": StateLabel("Plătită", Tone.SUCCESS),
    "overdue": StateLabel("Restantă", Tone.DANGER),
    "sent": StateLabel("La ANAF", Tone.INFO),
}

BRAND = Brand(
    "Carpat Host",
    "/",
    ("Carpat Host SRL", "CUI RO 12345674", "J08/1234/2014", "Str. Lungă 12, Brașov", "Capital social 20.000 RON"),
)
ACCOUNT = AccountMenu(
    "Ana-Maria Șerban",
    "ana.serban@fabricadepaine.ro",
    (NavItem("Profilul meu", "#", "circle-user"), NavItem("Securitate", "#", "shield-check")),
    "/sign-out",
)
LANGUAGES = [NavItem("Română", "?lang=ro", active=True, detail="ro"), NavItem("English", "?lang=en", detail="en")]


@dataclass(frozen=True)
class Invoice:
    number: str
    customer: str
    issued: dt.date
    due: dt.date
    total: Money
    state: str


INVOICES = [
    Invoice(
        "CH-2026-00412",
        "Fabrica de Pâine SRL",
        dt.date(2026, 1, 14),
        dt.date(2026, 1, 28),
        Money(123456, "RON"),
        "open",
    ),
    Invoice("CH-2026-00411", "Ștefan Țurcanu", dt.date(2026, 1, 13), dt.date(2026, 1, 27), Money(24079, "RON"), "paid"),
    Invoice(
        "CH-2026-00410",
        "Înălțimi Verzi SRL",
        dt.date(2026, 1, 9),
        dt.date(2026, 1, 12),
        Money(9_876_540, "RON"),
        "overdue",
    ),
    Invoice(
        "CH-2026-00409",
        "Cabinet Avocat Ilinca Popescu-Dumitrașcu",
        dt.date(2026, 1, 8),
        dt.date(2026, 1, 22),
        Money(59900, "RON"),
        "sent",
    ),
    Invoice("CH-2026-00408", "Moara Veche SA", dt.date(2026, 1, 7), dt.date(2026, 1, 21), Money(0, "RON"), "draft"),
]

TIMELINE = [
    TimelineEntry(
        NOW, "Factura CH-2026-00412 a fost emisă", "1.234,56 RON, scadentă la 28 ian. 2026", "#", "receipt-text"
    ),
    TimelineEntry(
        NOW - dt.timedelta(hours=3), "Plată primită prin transfer bancar", "Referință OP 3345", None, "banknote"
    ),
    TimelineEntry(NOW - dt.timedelta(days=2), "Domeniul paine-buna.ro a fost înregistrat", "", "#", "globe"),
]


class CompanyForm(FlaskForm):
    """Every kind of field."""

    name = StringField("Denumire", validators=[DataRequired("Completați denumirea.")])
    cui = StringField(
        "CUI",
        validators=[DataRequired("Completați CUI-ul.")],
        description="Cu RO în față dacă firma este plătitoare de TVA.",
    )
    email = EmailField("E-mail", validators=[DataRequired(), Email("Adresa nu este completă.")])
    password = PasswordField("Parolă", validators=[Length(min=12, message="Cel puțin 12 caractere.")])
    domain = StringField("Domeniu")
    county = SelectField(
        "Județ", choices=[SelectChoice("B", "București"), SelectChoice("BV", "Brașov"), SelectChoice("CJ", "Cluj")]
    )
    notes = TextAreaField("Observații", description="Le vede doar echipa.")
    cycle = RadioField(
        "Plata", choices=[SelectChoice("m", "Lunar"), SelectChoice("y", "Anual, cu două luni gratuite")], default="y"
    )
    audiences = SelectMultipleField(
        "Primește mesaje despre",
        choices=[SelectChoice("billing", "facturi"), SelectChoice("technical", "servicii")],
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    file = FileField("Certificat de înregistrare")
    newsletter = BooleanField("Vreau noutăți o dată pe lună")
    terms = BooleanField("Sunt de acord cu termenii și condițiile", validators=[DataRequired("Trebuie acceptați.")])
    origin = HiddenField(default="demo")


@dataclass(frozen=True)
class Page:
    items: list[Invoice]
    previous: str | None
    next: str | None


PORTAL_NAVIGATION = [
    NavItem("Acasă", "/portal", "layout-dashboard"),
    NavItem("Servicii", "#servicii", "server"),
    NavItem("Domenii", "#domenii", "globe", count=2),
    NavItem("Documente", "/portal/documente", "receipt-text"),
    NavItem("Plăți", "#plati", "credit-card"),
    NavItem("Membri", "#membri", "users", group="Cont"),
    NavItem("Date de facturare", "#date", "building-2", group="Cont"),
    NavItem("Securitate", "#sec", "shield-check", group="Cont"),
]
SHOP_NAVIGATION = [
    NavItem("Găzduire", "/"),
    NavItem("Domenii", "#domenii"),
    NavItem("Comandă", "/checkout"),
    NavItem("Ajutor", "#ajutor"),
]
ADMIN_NAVIGATION = [
    NavItem("Panou", "/admin", "layout-dashboard"),
    NavItem("Clienți", "/admin/clienti", "users", group="Vânzări"),
    NavItem("Comenzi", "#comenzi", "shopping-cart", group="Vânzări", count=3),
    NavItem("Documente", "/admin/documente", "receipt-text", group="Bani"),
    NavItem("Plăți", "#plati", "banknote", group="Bani", count=1),
    NavItem("Servicii", "#servicii", "server", group="Tehnic"),
    NavItem("Domenii", "#domenii", "globe", group="Tehnic"),
    NavItem("Joburi", "#joburi", "activity", group="Sistem"),
    NavItem("Mesaje", "#mesaje", "mail", group="Sistem"),
    NavItem("Jurnal", "#jurnal", "scroll-text", group="Sistem"),
    NavItem("Setări", "#setari", "settings", group="Sistem"),
]
SWITCHER = [
    NavItem("Fabrica de Pâine SRL", "/portal", active=True, detail="RO 12345674"),
    NavItem("Ana-Maria Șerban", "#persoana", detail="persoană fizică"),
]


def create_app() -> flask.Flask:
    """Return the demo application with the house's own headers, locale and CSRF protection."""
    app = flask.Flask("demo", static_folder=str(STATIC), static_url_path="/static", template_folder=None)
    app.config.update(SECRET_KEY="demo", WTF_CSRF_TIME_LIMIT=None)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.loader = ChoiceLoader([FileSystemLoader([TEMPLATES, Path(palette.__file__).parent / "templates"])])
    CSRFProtect(app)
    i18n.init_app(app)
    environment.init_app(app)
    security_headers.install(app, https=False)
    error_pages.install(app)
    app.context_processor(_frame)
    for rule, template in PAGES.items():
        app.add_url_rule(rule, rule.strip("/").replace("/", "_") or "home", _page(template), methods=["GET", "POST"])
    app.add_url_rule("/admin/cautare", "search", _search)
    app.register_blueprint(_design(), url_prefix="/admin")
    return app


PAGES = {
    "/": "storefront.html",
    "/checkout": "checkout.html",
    "/form": "form_page.html",
    "/portal": "portal_home.html",
    "/portal/documente": "portal_documents.html",
    "/admin": "admin_home.html",
    "/admin/documente": "admin_documents.html",
    "/admin/clienti": "admin_empty.html",
    "/admin/client": "admin_customer.html",
    "/sign-in": "sign_in.html",
}


def _design() -> flask.Blueprint:
    """The real page of the design system, behind no gate."""
    open_to_all = flask.Blueprint("design", __name__)
    for name in ("components", "part", "toast"):
        rule = "/design" if name == "components" else f"/design/{name}"
        open_to_all.add_url_rule(rule, name, getattr(design, name))
    for name in ("form", "undo"):
        open_to_all.add_url_rule(f"/design/{name}", name, getattr(design, name), methods=["POST"])
    return open_to_all


def _frame() -> dict[str, object]:
    path = flask.request.path
    items = ADMIN_NAVIGATION if path.startswith("/admin") else PORTAL_NAVIGATION
    if path in ("/", "/checkout"):
        items = SHOP_NAVIGATION
    active = max((item.url for item in items if path.startswith(item.url)), key=len, default=None)
    marked = [NavItem(i.label, i.url, i.icon, i.url == active, i.group, i.count) for i in items]
    return {
        "brand": BRAND,
        "account": ACCOUNT,
        "languages": LANGUAGES,
        "navigation": marked,
        "switcher": SWITCHER,
        "search_url": "/admin/cautare",
        "sign_in_url": "/sign-in",
        "cart": NavItem("Coș", "/checkout", count=2),
        "footer_links": [NavItem(t, "#") for t in ("Termeni", "Confidențialitate", "ANPC", "SOL", "Contact")],
    }


def _search() -> str:
    """What the palette is answered: the pages that begin with what was typed."""
    typed = flask.request.args.get("q", "")
    begun = (item for item in ADMIN_NAVIGATION if item.label.lower().startswith(typed))
    hits = [SearchHit("Pagini", item.label, item.group, item.url) for item in begun]
    groups = [palette.Found("pages", "Pagini", "layout-list", hits)] if hits else []
    return flask.render_template("admin/_hits.html", typed=typed, groups=groups)


def _page(template: str):
    def view():
        form = CompanyForm(formdata=flask.request.form if flask.request.method == "POST" else None)
        status = 422 if flask.request.method == "POST" and not form.validate() else 200
        sort = Sort.parse(
            flask.request.args.get("sort"), {"number", "issued", "total"}, Sort("issued", descending=True)
        )
        columns = [
            Column("Număr", "number"),
            Column("Client"),
            Column("Emisă", "issued"),
            Column("Scadentă"),
            Column("Stare"),
            Column("Total", "total", Align.END),
        ]
        return htmx.render(
            template,
            status=status,
            form=form,
            sort=sort,
            columns=columns,
            rows=Page(INVOICES, None, "next"),
            states=INVOICE_STATES,
            amount=Money(123456, "RON"),
            timeline_entries=TIMELINE,
            now=NOW,
            crumbs=(Crumb("Clienți", "#"), Crumb("Fabrica de Pâine SRL", "#"), Crumb("Documente")),
            tab_items=[
                NavItem("Prezentare", "#", active=True),
                NavItem("Documente", "#", count=4),
                NavItem("Servicii", "#"),
                NavItem("Domenii", "#"),
                NavItem("Jurnal", "#"),
            ],
        )

    return view
