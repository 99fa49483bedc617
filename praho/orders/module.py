"""Orders in the application: the shop, the pages of orders, and the work between payment and delivery."""

from datetime import timedelta

from praho.billing.events import ProformaEnded, ProformaPaid
from praho.core.domain import Domain
from praho.core.events import Subscriber
from praho.core.jobs.kinds import JobHandler, Scheduled
from praho.domains.events import DomainRegistered, DomainRegistrationCancelled, DomainRegistrationFailed
from praho.orders import events, jobs, subscribers
from praho.orders.services import deadlines, personal_data, shop, terms
from praho.orders.web import admin, admin_ordering, portal, portal_paying, storefront
from praho.orders.web.contributions import CONTRIBUTIONS
from praho.provisioning.events import ServiceActivated, ServiceCancelled, ServiceFailed

DOMAIN = Domain(
    name="orders",
    blueprints=(storefront.bp, portal.bp, portal_paying.bp, admin.bp, admin_ordering.bp),
    subscribers=(
        Subscriber(ProformaPaid, subscribers.on_proforma_paid),
        Subscriber(ProformaEnded, subscribers.on_proforma_ended),
        Subscriber(DomainRegistered, subscribers.on_made),
        Subscriber(ServiceActivated, subscribers.on_made),
        Subscriber(DomainRegistrationFailed, subscribers.on_failed),
        Subscriber(ServiceFailed, subscribers.on_failed),
        Subscriber(DomainRegistrationCancelled, subscribers.on_given_up),
        Subscriber(ServiceCancelled, subscribers.on_given_up),
    ),
    job_kinds=(
        events.BEGIN_DELIVERY,
        events.END_UNPAID,
        events.DELIVER_ITEM,
        events.SETTLE_ITEM,
        events.LAPSE_UNPAID,
        events.PRUNE_CARTS,
    ),
    job_handlers=(
        JobHandler(events.BEGIN_DELIVERY, jobs.begin_delivery),
        JobHandler(events.END_UNPAID, jobs.end_unpaid),
        JobHandler(events.DELIVER_ITEM, jobs.deliver_item),
        JobHandler(events.SETTLE_ITEM, jobs.settle_item),
        JobHandler(events.LAPSE_UNPAID, jobs.lapse_unpaid),
        JobHandler(events.PRUNE_CARTS, jobs.prune_carts),
    ),
    schedule=(
        Scheduled(events.LAPSE_UNPAID, every=timedelta(hours=1)),
        Scheduled(events.PRUNE_CARTS),
    ),
    settings=(*shop.FIELDS, *terms.FIELDS, *deadlines.FIELDS),
    contributions=CONTRIBUTIONS,
    personal_data=personal_data.RULES,
)
