"""The shop's pages without a script: what is sold, the search, the cart, and who may look."""

import pytest
from lxml import etree

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.permissions import StaffRole
from praho.models.catalogue import BillingCycle, SaleState
from praho.models.settings import Setting
from praho.orders.services import carts
from praho.orders.web import cart_cookie, limits, storefront
from tests.factories import billing, catalogue, customers, providers, users

MONTHLY, ANNUAL = BillingCycle.MONTHLY, BillingCycle.ANNUAL


@pytest.fixture
def shop(app, sandbox):
    billing.make_seller()
    provisioner, registrar = providers.make_provisioner(sandbox), providers.make_registrar(sandbox)
    group = catalogue.make_group(slug="web", name={"ro": "Găzduire web", "en": "Web hosting"})
    prices = {MONTHLY: (1500, 0), ANNUAL: (15_000, 2500)}
    catalogue.make_plan(provisioner, prices, group, slug="start", name={"ro": "Start"})
    catalogue.make_plan(provisioner, {ANNUAL: (0, 0)}, group, slug="liber", name={"ro": "Liber"})
    catalogue.make_priced_tld("ro", registrar, {1: 5000, 2: 9000}, position=1)
    catalogue.make_priced_tld("com", registrar, {1: 7000}, position=2)
    return sandbox


def set_setting(key, value):
    with entered(SystemScope("test")), unit_of_work() as session:
        session.add(Setting(key=key, value=value, updated_at=clock.now()))


def cart_of(visitor):
    return carts.view(visitor.kept(cart_cookie.KEY))


def test_the_start_page_sells(shop, visitor):
    page = visitor.get("/")
    assert page.status == 200
    for words in ("Găzduire web", "Start", "15,13 RON", "181,50 RON", "Gratuit", ".ro", "60,50 RON", "CUI 14399840"):
        assert words in page.body, words
    for place in ("/domains", "/plans/start", "/terms", "/contact"):
        assert page.leads_to(place), place


def test_prices_are_shown_as_persons_or_as_companies_expect_them(shop, visitor):
    page = visitor.submit(visitor.get("/hosting"), {"kind": "company"}, action="/prices")
    assert page.path == "/hosting"
    for path, words in (
        ("/hosting", "12,50 RON"),
        ("/domains?q=brutaria", "50,00 RON"),
        ("/plans/start", "150,00 RON"),
    ):
        assert words in visitor.get(path).text, path
    visitor.submit(page, {"kind": "person"}, action="/prices")
    assert "15,13 RON" in visitor.get("/hosting").text


def test_the_switch_of_prices_leads_nowhere_else(shop, visitor):
    assert visitor.post("/prices", {"kind": "company", "next": "https://elsewhere.example/"}).path == "/"
    assert visitor.post("/prices", {"kind": "anybody", "next": "/hosting"}).path == "/hosting"


def test_a_shop_for_companies_shows_net_prices_first(shop, visitor):
    set_setting("shop.usual_buyer", "company")
    assert "12,50 RON" in visitor.get("/hosting").text


def test_plans_are_compared(shop, visitor):
    rows = visitor.get("/hosting/web").tree.xpath("//table[contains(@class, 'compare')]//tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    assert cells[0][1:] == ["Start", "Liber"]
    assert cells[-1] == ["1 an, cu TVA", "181,50 RON", "Gratuit"]
    assert cells[-2] == ["1 lună, cu TVA", "18,15 RON", "–"]


def test_the_shops_own_words_stand_in_for_the_standard_ones(shop, visitor):
    set_setting("shop.headline_ro", "Găzduire <b>de munte</b>")
    set_setting("shop.support_hours_ro", "luni–vineri, 9–18")
    page = visitor.get("/")
    assert "Găzduire <b>de munte</b>" in page.text
    assert "luni–vineri" in visitor.get("/contact").text


def test_the_foot_leads_to_the_authorities_that_are_switched_on(shop, visitor):
    assert "anpc.ro/ce-este-sal" in visitor.get("/").body
    assert "consumers/odr" not in visitor.get("/").body
    set_setting("shop.anpc_sal", False)
    set_setting("shop.anpc_sol", True)
    body = visitor.get("/").body
    assert ("anpc.ro/ce-este-sal" in body, "consumers/odr" in body) == (False, True)


def test_the_privacy_notice_is_the_sellers_own_or_a_standard_one(shop, visitor):
    assert "Găzduire Exemplu S.R.L." in visitor.get("/privacy").text
    set_setting("shop.privacy_ro", "Păstrăm puțin.\n\nȘi nu mult timp.")
    assert visitor.get("/privacy").tree.xpath("//main//p[text()='Păstrăm puțin.']")


@pytest.mark.parametrize("path", ["/", "/hosting", "/hosting/web", "/plans/start", "/domains?q=brutaria", "/contact"])
def test_search_engines_find_one_address_and_a_description(shop, visitor, path):
    tree = visitor.get(path).tree
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"http://localhost{path.partition('?')[0]}"]
    assert tree.xpath("//meta[@name='robots']/@content") == ["index, follow"]
    assert len(tree.xpath("//meta[@name='description']/@content")[0]) > 20
    for name in ("title", "description", "url", "site_name", "locale"):
        assert tree.xpath(f"//meta[@property='og:{name}']/@content")[0].strip(), name


def test_search_engines_stay_out_of_carts(shop, visitor):
    assert visitor.get("/cart").tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    robots = visitor.get("/robots.txt").body
    assert "Disallow: /checkout" in robots
    assert "Sitemap: http://localhost/sitemap.xml" in robots


def test_the_sitemap_names_every_page_that_sells(shop, visitor):
    response = visitor.client.get("/sitemap.xml")
    assert response.mimetype == "application/xml"
    found = etree.fromstring(response.data).xpath("//*[local-name()='loc']/text()")
    for path in ("/", "/hosting/web", "/plans/start", "/plans/liber", "/domains", "/terms"):
        assert f"http://localhost{path}" in found


def test_the_start_page_of_an_empty_shop_says_so(app, visitor):
    for path in ("/", "/hosting", "/domains", "/contact"):
        page = visitor.get(path)
        assert page.status == 200
        assert not page.tree.xpath("//main//form[@role='search']"), path
        assert "căuta" not in page.text, path
    assert "Scrieți" not in page.text


def test_shelves_have_pages_of_their_own(shop, visitor):
    assert "Start" in visitor.get("/hosting/web").text
    assert visitor.get("/hosting/nothing").status == 404
    assert visitor.get("/plans/nothing").status == 404


def test_a_plan_shows_its_periods_and_what_they_save(shop, visitor):
    text = visitor.get("/plans/start").text
    for words in ("1 lună", "18,15 RON", "1 an", "15,13 RON", "181,50 RON", "16%", "30,25 RON"):
        assert words in text, words


def test_a_plan_with_a_domain_that_the_buyer_has(shop, visitor):
    page = visitor.get("/plans/start")
    page = visitor.submit(page, {"cycle": "annual", "where": "own", "own_name": "Firma-Mea.ro"})
    assert page.path == "/cart"
    assert [(line.title, line.period, line.domain_name) for line in cart_of(visitor).lines] == [
        ("Start", "annual", "firma-mea.ro")
    ]


def test_a_plan_with_a_new_domain_brings_both(shop, visitor):
    page = visitor.get("/plans/start")
    page = visitor.submit(page, {"cycle": "monthly", "where": "new", "new_name": "brutaria.ro"})
    assert page.path == "/cart"
    assert [(line.kind, line.period) for line in cart_of(visitor).lines] == [("domain", "1"), ("hosting", "monthly")]
    page = visitor.get("/plans/liber")
    page = visitor.submit(page, {"where": "cart", "cart_name": "brutaria.ro"})
    assert [line.domain_name for line in cart_of(visitor).lines] == ["brutaria.ro"] * 3


def test_a_bare_word_is_looked_up_and_the_plan_goes_along(shop, visitor):
    page = visitor.get("/plans/start")
    page = visitor.submit(page, {"cycle": "annual", "where": "new", "new_name": "brutaria"})
    assert page.path == "/domains"
    forms = page.tree.xpath("//main//form[@method='post'][@action='/domains']")
    assert [form.fields["name"] for form in forms] == ["brutaria.ro", "brutaria.com"]
    page = visitor.post("/domains", {name: value for name, value in forms[0].form_values() if name != "csrf_token"})
    assert page.path == "/cart"
    assert [(line.kind, line.period) for line in cart_of(visitor).lines] == [("domain", "1"), ("hosting", "annual")]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"where": "new", "new_name": "ocupat.ro"}, "new_name"),
        ({"where": "new", "new_name": "premium.ro"}, "new_name"),
        ({"where": "new", "new_name": "brutaria.xyz"}, "new_name"),
        ({"where": "new", "new_name": "a..ro"}, "new_name"),
        ({"where": "own", "own_name": ""}, "own_name"),
        ({"where": "own", "own_name": "fara punct"}, "own_name"),
    ],
)
def test_a_name_that_cannot_be_had_keeps_what_was_typed(shop, visitor, typed, field):
    page = visitor.submit(visitor.get("/plans/start"), {"cycle": "annual", **typed})
    assert page.status in (409, 422)
    assert set(page.errors) == {field}
    assert page.errors[field]
    assert page.values()[field] == typed[field]
    assert page.values()["cycle"] == "annual"
    assert cart_of(visitor).lines == ()


@pytest.mark.parametrize("cycle", ["biennial", "weekly", ""])
def test_a_period_that_is_not_offered_is_refused(shop, visitor, cycle):
    page = visitor.submit(visitor.get("/plans/start"), {"cycle": cycle, "where": "own", "own_name": "a1.ro"})
    assert page.status == 422
    assert cart_of(visitor).lines == ()


def test_the_search_says_what_can_be_had(shop, visitor):
    page = visitor.get("/domains?q=premium")
    assert "Premium" in page.text
    offered = page.tree.xpath("//main//form[@action='/domains']//input[@name='name']/@value")
    assert offered == ["e-premium.ro", "contact-premium.ro"]
    assert "Ocupat" in visitor.get("/domains?q=ocupat.ro").text
    page = visitor.get("/domains?q=brutaria.xyz")
    assert ".xyz" in page.text
    assert len(page.tree.xpath("//main//form[@method='post'][@action='/domains']")) == 2


def test_what_could_not_be_checked_is_not_sold(shop, visitor):
    shop.arm("domains.check", "error_500", times=3)
    page = visitor.get("/domains?q=brutaria")
    assert page.text.count("Nu a putut fi verificat") == 2
    assert page.tree.xpath("//main//form[@method='post'][@action='/domains']") == []
    page = visitor.post("/domains", {"name": "brutaria.ro", "years": "1"})
    assert cart_of(visitor).lines == ()


@pytest.mark.parametrize("typed", ["!!", "http://["])
def test_what_is_no_name_gets_a_sentence(shop, visitor, typed):
    page = visitor.get(f"/domains?q={typed}")
    assert page.status == 422
    assert page.tree.xpath("//input[@name='q']/@value") == [typed]


def test_a_script_gets_the_answer_alone(shop, visitor):
    response = visitor.client.get("/domains?q=brutaria", headers={"HX-Request": "true"})
    body = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "<html" not in body
    assert "brutaria.com" in body
    response = visitor.client.get("/domains?q=!!", headers={"HX-Request": "true"})
    assert (response.status_code, "<html" in response.get_data(as_text=True)) == (422, False)


def test_a_script_puts_a_name_into_the_cart_in_its_place(shop, visitor):
    visitor.keep("csrf_token", "tests")
    page = visitor.get("/domains?q=brutaria")
    values = dict(page.tree.xpath("//main//form[@method='post'][@action='/domains']")[0].form_values())
    response = visitor.client.post("/domains", data=values, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert 'id="cart-count"' in response.get_data(as_text=True)
    assert "toast" in response.headers["HX-Trigger"]
    assert cart_of(visitor).domain_names == ("brutaria.ro",)
    values["name"] = "ocupat.ro"
    response = visitor.client.post("/domains", data=values, headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Retarget"]) == (422, "#toasts")


@pytest.mark.parametrize(
    "tampered",
    [
        {"name": "ocupat.ro", "years": "1"},
        {"name": "brutaria.xyz", "years": "1"},
        {"name": "brutaria.ro", "years": "7"},
        {"name": "brutaria.ro", "years": "abc"},
        {"name": "", "years": "1"},
        {"name": "brutaria.ro", "years": "1", "plan": "start", "cycle": "weekly"},
        {"name": "brutaria.ro", "years": "1", "plan": "nothing", "cycle": "annual"},
        {"name": "brutaria.ro", "years": "1", "plan": "start", "cycle": "biennial"},
    ],
)
def test_tampered_forms_put_nothing_into_the_cart(shop, visitor, tampered):
    visitor.post("/domains", tampered)
    assert cart_of(visitor).lines == ()


def test_the_search_is_limited_for_each_network(shop, visitor, another_visitor, monkeypatch):
    monkeypatch.setattr(limits, "SEARCHES_A_MINUTE", 3)
    assert [visitor.get("/domains?q=brutaria").status for _time in range(4)] == [200, 200, 200, 429]
    assert visitor.post("/domains", {"name": "brutaria.ro", "years": "1"}).status == 429
    assert visitor.get("/domains").status == 200
    assert another_visitor("192.0.2.9").get("/domains?q=brutaria").status == 200


def test_carts_are_limited_for_each_network(shop, visitor, another_visitor, monkeypatch):
    monkeypatch.setattr(limits, "PLANS_A_MINUTE", 2)
    plan = {"cycle": "annual", "where": "own", "own_name": "firma.ro"}
    for _time in range(2):
        assert visitor.submit(visitor.get("/plans/start"), plan).path == "/cart"
    page = visitor.get("/plans/start")
    assert visitor.submit(page, plan).status == 429


def test_the_cart_changes_and_empties(shop, visitor):
    visitor.submit(visitor.get("/plans/start"), {"cycle": "annual", "where": "new", "new_name": "brutaria.ro"})
    page = visitor.get("/cart")
    name, plan = cart_of(visitor).lines
    assert "272,25 RON" in page.text
    visitor.submit(page, {"period": "2"}, action=f"/cart/{name.public_id}")
    page = visitor.submit(visitor.get("/cart"), {"period": "monthly"}, action=f"/cart/{plan.public_id}")
    assert [line.period for line in cart_of(visitor).lines] == ["2", "monthly"]
    assert "127,05 RON" in page.text
    visitor.submit(page, action=f"/cart/{plan.public_id}/remove")
    page = visitor.submit(visitor.get("/cart"), action=f"/cart/{name.public_id}/remove")
    assert page.path == "/cart"
    assert page.leads_to("/domains")
    assert not page.leads_to("/checkout")


@pytest.mark.parametrize("period", ["3", "0", "biennial", "weekly", "", "99999999999", "-1"])
def test_tampered_periods_change_nothing(shop, visitor, period):
    visitor.submit(visitor.get("/plans/start"), {"cycle": "annual", "where": "new", "new_name": "brutaria.ro"})
    for line in cart_of(visitor).lines:
        assert visitor.post(f"/cart/{line.public_id}", {"period": period}).path == "/cart"
    assert [line.period for line in cart_of(visitor).lines] == ["1", "annual"]


def test_somebody_elses_item_is_out_of_reach(shop, visitor, another_visitor):
    other = another_visitor()
    other.submit(other.get("/plans/start"), {"cycle": "annual", "where": "own", "own_name": "altul.ro"})
    item = cart_of(other).lines[0].public_id
    visitor.post(f"/cart/{item}", {"period": "monthly"})
    visitor.post(f"/cart/{item}/remove")
    assert [line.period for line in cart_of(other).lines] == ["annual"]


def test_the_cart_survives_sign_in(shop, visitor):
    visitor.submit(visitor.get("/plans/start"), {"cycle": "annual", "where": "own", "own_name": "firma.ro"})
    visitor.sign_in(users.make_user())
    assert "Start" in visitor.get("/cart").text


def test_what_went_off_sale_stands_in_the_way(shop, visitor):
    visitor.submit(visitor.get("/plans/start"), {"cycle": "annual", "where": "own", "own_name": "firma.ro"})
    with entered(SystemScope("test")), unit_of_work() as session:
        for row in session.query(catalogue.Product):
            row.state = SaleState.RETIRED
    page = visitor.get("/cart")
    assert page.status == 200
    assert not page.leads_to("/checkout")
    assert visitor.get("/checkout").path == "/cart"


def test_terms_are_the_sellers_own_or_standard_ones(shop, visitor):
    assert "Găzduire Exemplu S.R.L." in visitor.get("/terms").text
    set_setting("terms.text_ro", "Primul alineat.\r\n\r\nAl doilea <b>alineat</b>.")
    set_setting("terms.version", "2026-11")
    page = visitor.get("/terms")
    assert page.tree.xpath("//main//p[text()='Primul alineat.']")
    assert "<b>alineat</b>" in page.text
    assert "2026-11" in page.text


def test_terms_elsewhere_are_led_to(shop, visitor):
    set_setting("terms.url", "https://gazduire.example/termeni")
    response = visitor.client.get("/terms")
    assert (response.status_code, response.location) == (302, "https://gazduire.example/termeni")


def test_everybody_finds_the_own_portal(shop, visitor):
    assert visitor.get("/my").path == "/account/sign-in"
    user = users.make_user()
    visitor.sign_in(user)
    assert visitor.get("/my").path == "/account/customers/new"
    first = customers.make_customer(name="Întâia S.R.L.")
    customers.make_member(first, user)
    assert visitor.get("/my").path == f"/portal/{first.public_id}/"
    second = customers.make_customer(name="A doua S.R.L.")
    customers.make_member(second, user)
    page = visitor.get("/my")
    assert page.path == "/my"
    assert page.leads_to(f"/portal/{first.public_id}/")
    assert page.leads_to(f"/portal/{second.public_id}/")


def test_staff_without_a_customer_find_the_admin(shop, visitor):
    visitor.sign_in(users.make_staff(StaffRole.SUPPORT))
    assert visitor.get("/my").path == "/admin/"


def test_the_shop_keeps_its_query_budgets(shop, visitor, count_queries):
    addresses = {
        "storefront.home": "/", "storefront.hosting": "/hosting", "storefront.cart": "/cart",
        "storefront.domains": "/domains",
    }  # fmt: skip
    assert set(addresses) == set(storefront.QUERY_BUDGETS)
    accounts = [providers.make_provisioner(shop), providers.make_registrar(shop)]
    token, counts = None, {}
    for rows in (10, 40):
        catalogue.make_many(rows, *accounts)
        for number in range(rows // 2):
            token = carts.add_domain(token, f"nume{rows}x{number}.ro", 1)
        visitor.keep(cart_cookie.KEY, token)
        for endpoint, address in addresses.items():
            with count_queries() as counted:
                assert visitor.get(address).status == 200
            counts.setdefault(endpoint, []).append(counted.count)
    for endpoint, (few, many) in counts.items():
        assert few == many <= storefront.QUERY_BUDGETS[endpoint], endpoint
