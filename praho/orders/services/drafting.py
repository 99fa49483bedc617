"""What a buyer typed at the checkout so far: it waits with the cart, encrypted, until it is ordered or forgotten.

The account and the customer are made with the order and not before, so that who leaves halfway leaves nothing
behind; and who comes back, or corrects a field, finds everything as it was.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from praho.core import clock
from praho.core.crypto import hash_token
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.principal import current_principal
from praho.models.orders import Cart, CartState
from praho.orders import repos


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of the first step as typed, by name, right or wrong.

    `complete` says that every one of them was found right, for the person `by` (a public id; None for somebody who
    was not signed in). Of a password only the hash is kept, and only of one that is strong enough.
    """

    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    password_hash: str | None = field(default=None, repr=False)
    complete: bool = False
    by: str | None = None


def of_cart(token: str | None) -> Draft:
    """Return what was typed for an open cart; an empty draft where nothing was. One query.

    What somebody typed who was signed in is theirs: the cart outlives their session, and a browser may be shared.
    """
    if not token:
        return Draft()
    with entered(SystemScope("checkout")):
        cart = repos.cart(hash_token(token))
        stored = None if cart is None or cart.state is not CartState.OPEN else cart.details
    draft = Draft() if stored is None else Draft(**json.loads(stored))
    return draft if draft.by in (None, current_principal().public_id) else Draft()


def keep(token: str | None, draft: Draft) -> None:
    """Keep what was typed with an open cart; nothing happens where there is none."""
    if not token:
        return
    with entered(SystemScope("checkout")), unit_of_work():
        found = repos.cart(hash_token(token))
        cart = None if found is None else locking.lock_one(Cart, found.id)
        if cart is not None and cart.state is CartState.OPEN:
            cart.details = json.dumps(asdict(draft))
            cart.updated_at = clock.now()
