"""The addresses of the shop; each page lives in the module of its subject."""

from praho.core.permissions import PUBLIC, SIGNED_IN
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.orders.web import (
    storefront_cart,
    storefront_checkout,
    storefront_domains,
    storefront_legal,
    storefront_plans,
    storefront_portal,
    storefront_review,
    storefront_shop,
    storefront_signs,
)

bp = SurfaceBlueprint("storefront", __name__, Surface.STOREFRONT)
QUERY_BUDGETS = {
    "storefront.home": 10,
    "storefront.hosting": 8,
    "storefront.cart": 16,
    "storefront.domains": 12,
}

bp.get("/", permission=PUBLIC)(storefront_shop.home)
bp.get("/hosting", permission=PUBLIC)(storefront_shop.hosting)
bp.get("/hosting/<slug>", permission=PUBLIC)(storefront_shop.group)
bp.get("/terms", permission=PUBLIC)(storefront_legal.terms)
bp.get("/privacy", permission=PUBLIC)(storefront_legal.privacy)
bp.get("/contact", permission=PUBLIC)(storefront_legal.contact)

bp.post("/prices", permission=PUBLIC)(storefront_signs.show_prices)
bp.post("/currency", permission=PUBLIC)(storefront_signs.show_currency)
bp.get("/robots.txt", permission=PUBLIC)(storefront_signs.robots)
bp.get("/sitemap.xml", permission=PUBLIC)(storefront_signs.sitemap)

bp.route("/plans/<slug>", permission=PUBLIC, methods=["GET", "POST"])(storefront_plans.plan)

bp.get("/domains", permission=PUBLIC)(storefront_domains.domains)
bp.post("/domains", permission=PUBLIC)(storefront_domains.add_domain)

bp.get("/cart", permission=PUBLIC)(storefront_cart.cart)
bp.post("/cart/code", permission=PUBLIC)(storefront_cart.use_code)
bp.post("/cart/code/remove", permission=PUBLIC)(storefront_cart.remove_code)
bp.post("/cart/<item_id>", permission=PUBLIC)(storefront_cart.change_item)
bp.post("/cart/<item_id>/remove", permission=PUBLIC)(storefront_cart.remove_item)

bp.route("/checkout", permission=PUBLIC, methods=["GET", "POST"])(storefront_checkout.checkout)
bp.route("/checkout/review", permission=PUBLIC, methods=["GET", "POST"])(storefront_review.review)

bp.get("/my", permission=SIGNED_IN)(storefront_portal.my_portal)
