"""Blueprints whose routes cannot be written without a permission."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Blueprint

from praho.core.permissions import Permission

F = TypeVar("F", bound=Callable[..., Any])


class Surface(StrEnum):
    """Where a blueprint is mounted, and therefore who is let in and under which scope its views run."""

    STOREFRONT = "storefront"
    """Anybody; AnonymousScope."""
    ACCOUNT = "account"
    """Sign-in, sign-up and a user's own security pages; AnonymousScope."""
    PORTAL = "portal"
    """Members of the customer in the URL; CustomerScope."""
    ADMIN = "admin"
    """Staff with a second factor; StaffScope."""
    WEBHOOKS = "webhooks"
    """Other systems, which prove themselves by signature; AnonymousScope."""


class SurfaceBlueprint(Blueprint):
    """A Flask blueprint of one surface. `route` demands `permission=`; leaving it out is a TypeError at import.

    `get` and `post` are routes of one method. Views of the portal take no customer argument: the surface
    resolves the customer of the URL before they run.
    """

    def __init__(self, name: str, import_name: str, surface: Surface, **options: Any) -> None:
        options.setdefault("template_folder", "../templates")
        super().__init__(name, import_name, **options)
        self.surface = surface
        self.permissions: dict[str, Permission] = {}

    def route(self, rule: str, *, permission: Permission, **options: Any) -> Callable[[F], F]:  # type: ignore[override]
        """Register a view under `rule` for those who have `permission`."""
        register = super().route(rule, **options)

        def decorate(view: F) -> F:
            endpoint = options.get("endpoint") or view.__name__
            if self.permissions.setdefault(endpoint, permission) is not permission:
                raise TypeError(f"{self.name}.{endpoint} was given two permissions")
            return register(view)

        return decorate

    def get(self, rule: str, *, permission: Permission, **options: Any) -> Callable[[F], F]:  # type: ignore[override]
        """Register a view that only reads."""
        return self.route(rule, permission=permission, methods=["GET"], **options)

    def post(self, rule: str, *, permission: Permission, **options: Any) -> Callable[[F], F]:  # type: ignore[override]
        """Register a view that changes something; the form carries a CSRF token."""
        return self.route(rule, permission=permission, methods=["POST"], **options)
