"""The cart's token in the browser's signed cookie: it outlives sign-in, and a closed browser."""

from flask import session

from praho.orders.services import carts

KEY = "cart"


def token() -> str | None:
    """Return the token of this browser's cart, or None."""
    found = session.get(KEY)
    return found if isinstance(found, str) else None


def keep(new_token: str) -> None:
    """Keep a cart's token."""
    session.permanent = True
    session[KEY] = new_token


def forget() -> None:
    """Forget the cart, as after it was ordered."""
    session.pop(KEY, None)


def names() -> list[str]:
    """Return the domain names in this browser's cart, in ASCII."""
    return carts.domain_names_in(token())
