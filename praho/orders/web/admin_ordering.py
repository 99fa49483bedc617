"""Staff order on a customer's behalf: the customer, the cart, and how the customer agreed."""

from collections.abc import Callable

from flask import Response, flash, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.catalogue.services import currencies, offers
from praho.core.errors import Invalid, PrahoError
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import form_tokens, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.customers.services import reading as customers
from praho.customers.types import CustomerOverview
from praho.models.catalogue import BillingCycle
from praho.orders import permissions
from praho.orders.services import carts, placing, reducing, searching, taxing
from praho.orders.services import terms as terms_of_service
from praho.orders.types import CartView
from praho.orders.web import discount_sheets, labels
from praho.orders.web.forms import CodeForm, StaffDomainForm, StaffOrderForm, StaffPlanForm
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("orders_ordering_admin", __name__, Surface.ADMIN)
_KEY = "staff_cart"


@bp.get("/orders/new/<customer_id>", permission=permissions.MANAGE_ORDERS)
def basket(customer_id: str) -> Response:
    """Show what will be ordered for a customer."""
    return _page(customers.overview(customer_id))


@bp.post("/orders/new/<customer_id>/plans", permission=permissions.MANAGE_ORDERS)
def add_plan(customer_id: str) -> BaseResponse:
    """Put a plan into the order."""
    customer = customers.overview(customer_id)
    form = StaffPlanForm()
    token = _token(customer)
    form.offer(offers.plans(_currency(customer, token)))

    def add() -> str:
        slug, _bar, cycle = (form.offered.data or "").partition("|")
        if cycle not in list(BillingCycle):
            raise Invalid(_("Choose a plan."), fields={"offered": _("Choose a plan.")})
        name, currency = form.domain_name.data.strip(), _currency(customer, token)
        return carts.add_plan(token, slug, BillingCycle(cycle), name, currency=currency)

    return _add(customer, form, add)


@bp.post("/orders/new/<customer_id>/domains", permission=permissions.MANAGE_ORDERS)
def add_domain(customer_id: str) -> BaseResponse:
    """Put a domain that is free into the order."""
    customer = customers.overview(customer_id)
    form = StaffDomainForm()

    def add() -> str:
        name, token = form.name.data.strip(), _token(customer)
        searching.require_free(name)
        return carts.add_domain(token, name, form.years.data, currency=_currency(customer, token))

    return _add(customer, form, add)


@bp.post("/orders/new/<customer_id>/currency", permission=permissions.MANAGE_ORDERS)
def choose_currency(customer_id: str) -> BaseResponse:
    """Order in another currency."""
    customer = customers.overview(customer_id)
    try:
        session[_KEY] = [customer.public_id, carts.switch(_token(customer), request.form.get("currency", ""))]
    except Invalid as refusal:
        flash(str(refusal), "error")
    return htmx.go_to(url_for(".basket", customer_id=customer.public_id))


@bp.post("/orders/new/<customer_id>/items/<item_id>/remove", permission=permissions.MANAGE_ORDERS)
def remove_item(customer_id: str, item_id: str) -> BaseResponse:
    """Take an item out of the order."""
    customer = customers.overview(customer_id)
    carts.remove(_token(customer), item_id)
    return htmx.go_to(url_for(".basket", customer_id=customer.public_id))


@bp.post("/orders/new/<customer_id>/code", permission=permissions.MANAGE_ORDERS)
def use_code(customer_id: str) -> BaseResponse:
    """Keep a promo code with the order."""
    customer = customers.overview(customer_id)
    form = CodeForm()
    status = 422
    if form.validate():
        try:
            reducing.set_code(_token(customer), form.promo_code.data or "", customer.id, by_staff=True)
        except PrahoError as refusal:
            form.promo_code.errors = [str(refusal)]
            status = refusal.http_status
        else:
            return htmx.go_to(url_for(".basket", customer_id=customer.public_id))
    return _page(customer, code_form=form, status=status)


@bp.post("/orders/new/<customer_id>/code/remove", permission=permissions.MANAGE_ORDERS)
def remove_code(customer_id: str) -> BaseResponse:
    """Take the promo code out of the order."""
    customer = customers.overview(customer_id)
    reducing.remove_code(_token(customer))
    return htmx.go_to(url_for(".basket", customer_id=customer.public_id))


@bp.route("/orders/new/<customer_id>/discounts", permission=permissions.GIVE_DISCOUNTS, methods=["GET", "POST"])
def reduce(customer_id: str) -> BaseResponse:
    """Take something off by hand, off single items or off the whole order."""
    customer = customers.overview(customer_id)
    cart = _cart(customer)
    if not cart.lines:
        return htmx.go_to(url_for(".basket", customer_id=customer.public_id))
    sheet = discount_sheets.of(cart) if request.method == "GET" else discount_sheets.read(cart, request.form)
    status = 200
    if request.method == "POST" and not sheet.errors:
        try:
            reducing.set_by_staff(_token(customer), sheet.items, sheet.allowance_minor, sheet.reason)
        except Invalid as refusal:
            sheet.errors |= {name: str(sentence) for name, sentence in refusal.fields.items()}
        else:
            flash(_("The discounts are in the order."), "success")
            return htmx.go_to(url_for(".basket", customer_id=customer.public_id))
    return htmx.render(
        "orders/admin/discounts.html",
        status=422 if sheet.errors else status,
        customer=customer,
        cart=cart,
        sheet=sheet,
        crumbs=(*_crumbs(customer, link=True), Crumb(_("Discounts"))),
    )


@bp.post("/orders/new/<customer_id>", permission=permissions.MANAGE_ORDERS)
def place(customer_id: str) -> BaseResponse:
    """Place the order; the proforma goes to the customer."""
    customer = customers.overview(customer_id)
    form = StaffOrderForm()
    if not form.validate():
        return _page(customer, order_form=form, status=422)
    wish = placing.Wish(_token(customer) or "", customer.locale, form.seen_total_minor, by_staff=True)
    accepted = terms_of_service.Acceptance(terms_of_service.version(), None, form.note.data.strip())
    try:
        order_id = placing.place(wish, customer.id, accepted, form_token=form_tokens.submitted())
    except PrahoError as refusal:
        show_refusal(form, refusal)
        return _page(customer, order_form=form, status=refusal.http_status)
    session.pop(_KEY, None)
    flash(_("The order was placed."), "success")
    return htmx.go_to(url_for("orders_admin.order", public_id=order_id))


def _add(customer: CustomerOverview, form: StaffPlanForm | StaffDomainForm, add: Callable[[], str]) -> BaseResponse:
    status = 422
    if form.validate():
        try:
            session[_KEY] = [customer.public_id, add()]
        except PrahoError as refusal:
            _show(form, refusal)
            status = refusal.http_status
        else:
            return htmx.go_to(url_for(".basket", customer_id=customer.public_id))
    if isinstance(form, StaffPlanForm):
        return _page(customer, plan_form=form, status=status)
    return _page(customer, domain_form=form, status=status)


def _show(form: StaffPlanForm | StaffDomainForm, refusal: PrahoError) -> None:
    """Put a refusal of a name beside the field that it was typed into."""
    if isinstance(form, StaffDomainForm):
        form.name.errors = [str(refusal)]
    elif refusal.fields:
        show_refusal(form, refusal)
    else:
        form.domain_name.errors = [str(refusal)]


def _token(customer: CustomerOverview) -> str | None:
    """Return the token of the cart that this person fills for the customer; each customer begins with a new one."""
    kept = session.get(_KEY)
    return kept[1] if isinstance(kept, list) and kept[0] == customer.public_id else None


def _currency(customer: CustomerOverview, token: str | None) -> str:
    """Return the currency of the cart that is filled, at first the one that buyers of the customer's country see."""
    return carts.currency_of(token) or currencies.usual(None if customer.address is None else customer.address.country)


def _page(
    customer: CustomerOverview,
    *,
    plan_form: StaffPlanForm | None = None,
    domain_form: StaffDomainForm | None = None,
    order_form: StaffOrderForm | None = None,
    code_form: CodeForm | None = None,
    status: int = 200,
) -> Response:
    cart = _cart(customer)
    currency = cart.currency
    plans = plan_form or StaffPlanForm(formdata=None)
    plans.offer(offers.plans(currency))
    order = order_form or StaffOrderForm(formdata=None)
    order.seen_total.data = str(cart.total.minor)
    return htmx.render(
        "orders/admin/new_order.html",
        status=status,
        customer=customer,
        cart=cart,
        plan_form=plans,
        domain_form=domain_form or StaffDomainForm(formdata=None),
        order_form=order,
        code_form=code_form or CodeForm(formdata=None),
        may_reduce=current_principal().may(permissions.GIVE_DISCOUNTS),
        form_token=request.form.get(form_tokens.FIELD) or form_tokens.new_form_token(),
        terms_version=terms_of_service.version(),
        labels=labels,
        currency=currency,
        currencies=currencies.sold(),
        crumbs=_crumbs(customer),
    )


def _cart(customer: CustomerOverview) -> CartView:
    token = _token(customer)
    return carts.view(
        token,
        lambda net: taxing.for_customer(customer.id, net),
        currency=_currency(customer, token),
        customer_id=customer.id,
        by_staff=True,
    )


def _crumbs(customer: CustomerOverview, *, link: bool = False) -> tuple[Crumb, ...]:
    return (
        Crumb(_("Orders"), url_for("orders_admin.orders")),
        Crumb(_("New order"), url_for("orders_admin.new_order")),
        Crumb(customer.name, url_for(".basket", customer_id=customer.public_id) if link else None),
    )
