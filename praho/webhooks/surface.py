"""Mounts what other systems call; they prove themselves by signature, so there is no form token to ask for."""

from flask import Flask, request
from flask_wtf.csrf import CSRFProtect

from praho.core.db.scope import AnonymousScope
from praho.core.domain import Registry
from praho.core.permissions import Permission
from praho.core.principal import ActorKind, Principal
from praho.core.web import access
from praho.core.web.blueprints import Surface

PREFIX = "/webhooks"


def gate(_permission: Permission) -> access.Admission:
    """Let everybody knock; the plugin's signature check comes before anything is written."""
    return Principal(ActorKind.ANONYMOUS, "webhook", ip=request.remote_addr), AnonymousScope()


def mount(app: Flask, registry: Registry) -> None:
    """Mount every domain's webhook blueprints, outside the form-token check."""
    csrf: CSRFProtect = app.extensions["csrf"]
    for domain in registry.domains:
        for blueprint in domain.blueprints:
            if blueprint.surface is Surface.WEBHOOKS:
                csrf.exempt(blueprint)
                access.mount(app, blueprint, gate, PREFIX)
