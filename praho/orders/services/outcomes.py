"""What became of order items: the domain or service that carries each as its origin."""

from collections.abc import Iterable

from praho.models.domains import DomainName, DomainState
from praho.models.orders import ItemKind, OrderItem
from praho.models.provisioning import Service, ServiceState
from praho.orders import repos
from praho.orders.types import Delivered


def of_items(items: Iterable[OrderItem]) -> dict[str, Delivered]:
    """Return what there is by the items' public ids, in the scope at hand. A query for each kind among the items."""
    listed = list(items)
    domains = [item.public_id for item in listed if item.kind is ItemKind.DOMAIN]
    services = [item.public_id for item in listed if item.kind is ItemKind.HOSTING]
    found = {origin: _domain(row) for origin, row in (repos.domains_made(domains) if domains else {}).items()}
    return found | {
        origin: _service(row) for origin, row in (repos.services_made(services) if services else {}).items()
    }


def _domain(row: DomainName) -> Delivered:
    return Delivered(
        kind="domain",
        public_id=row.public_id,
        live=row.state is DomainState.ACTIVE,
        failed=row.state is DomainState.FAILED,
        cancelled=row.state is DomainState.CANCELLED,
        failure=row.failure,
    )


def _service(row: Service) -> Delivered:
    return Delivered(
        kind="service",
        public_id=row.public_id,
        live=row.state is ServiceState.ACTIVE,
        failed=row.state is ServiceState.FAILED,
        cancelled=row.state is ServiceState.CANCELLED,
        failure=row.failure,
    )
