"""Several buyers at the last use of a code: exactly one gets it, and of the others' orders nothing is left."""

import secrets

from praho.models.catalogue import BillingCycle, RedemptionState
from praho.orders.errors import PriceChanged
from praho.orders.services import carts, placing, reducing
from tests.factories import customers, orders
from tests.factories.discounts import make_code, redemptions
from tests.threads import all_at_once

BUYERS = 4


def ordering(customer, cart):
    seen = carts.view(cart, customer_id=customer.id).total.minor

    def act():
        wish = placing.Wish(cart, "ro", seen_total_minor=seen)
        try:
            return placing.place(wish, customer.id, orders.ACCEPTED, form_token=secrets.token_hex(8))
        except PriceChanged as refusal:
            return str(refusal)

    return act


def filled(shop, number):
    cart = orders.fill_cart([(shop.product, BillingCycle.ANNUAL, f"exemplu{number}.ro")])
    reducing.set_code(cart, "VARA20")
    return cart


def test_two_customers_at_the_last_use(live_shop):
    make_code(max_uses=1)
    buyers = [customers.make_customer() for _each in range(BUYERS)]
    acts = [ordering(buyer, filled(live_shop, number)) for number, buyer in enumerate(buyers)]
    results = all_at_once(acts)
    (won,) = [result for result in results if result.startswith("ord_")]
    assert all("VARA20" in result for result in results if result != won)
    assert [(order.public_id, order.promo_code) for order in orders.orders()] == [(won, "VARA20")]
    assert [(row.order_ref, row.state) for row in redemptions()] == [(won, RedemptionState.RESERVED)]


def test_one_customer_in_two_tabs_has_one_use(live_shop):
    make_code()
    acts = [ordering(live_shop.customer, filled(live_shop, number)) for number in range(BUYERS)]
    results = all_at_once(acts)
    assert sum(result.startswith("ord_") for result in results) == 1
    assert len(redemptions()) == 1
