"""What a shop must say: its terms, its privacy notice, who it is and how to reach it."""

from flask import Response, redirect
from werkzeug.wrappers import Response as BaseResponse

from praho.core import clock
from praho.core.i18n import current_locale
from praho.core.web import htmx
from praho.orders.services import deadlines, shop
from praho.orders.services import terms as terms_of_service
from praho.orders.web.company_data import address_of
from praho.settings.services import company


def terms() -> BaseResponse:
    """Show the terms of service in force, or lead to where they are published."""
    found = terms_of_service.current(current_locale())
    if found.url:
        return redirect(found.url)
    seller = company.seller()
    return htmx.render(
        "orders/storefront/terms.html",
        terms=found,
        paragraphs=_paragraphs(found.text),
        seller=seller,
        seller_address=address_of(seller),
        authorities=shop.authorities(),
        days=(deadlines.last_day() - clock.today()).days,
    )


def privacy() -> Response:
    """Show the privacy notice."""
    seller = company.seller()
    return htmx.render(
        "orders/storefront/privacy.html",
        paragraphs=_paragraphs(shop.privacy_text(current_locale())),
        seller=seller,
        seller_address=address_of(seller),
    )


def contact() -> Response:
    """Show who sells, and how to reach them."""
    seller = company.seller()
    return htmx.render(
        "orders/storefront/contact.html",
        texts=shop.texts(current_locale()),
        seller=seller,
        seller_address=address_of(seller),
    )


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
