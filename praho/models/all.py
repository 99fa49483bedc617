"""Imports every model, so that the metadata is complete for migrations and checks."""

import praho.core.jobs.table
import praho.core.tallies.table
import praho.core.web.tables
import praho.models.audit
import praho.models.billing.advances
import praho.models.billing.archive
import praho.models.billing.documents
import praho.models.billing.efactura
import praho.models.billing.efactura_sending
import praho.models.billing.exchange
import praho.models.billing.payments
import praho.models.billing.receipts
import praho.models.billing.revisions
import praho.models.billing.tax
import praho.models.catalogue
import praho.models.customers
import praho.models.domains
import praho.models.integrations
import praho.models.notifications
import praho.models.operations
import praho.models.orders
import praho.models.provisioning
import praho.models.settings
import praho.models.users  # noqa: F401
from praho.core.db.base import Base

METADATA = Base.metadata
