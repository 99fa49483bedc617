"""A connection to the ANAF of the tests, as if somebody had authorized it."""

from datetime import datetime

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.ids import new_public_id
from praho.models.billing.efactura import EfacturaConnection, EfacturaEnvironment, EfacturaState
from tests.fakes import anaf_login
from tests.fakes.anaf_spv import Anaf


def connect(anaf: Anaf, *, access_ends_at: datetime | None = None, refresh_ends_at: datetime | None = None) -> None:
    """Connect to the test environment, from now on."""
    access, renewal = anaf.login.new_tokens(refresh_ends_at)
    now = clock.now()
    with entered(SystemScope("factory")), unit_of_work() as session:
        row = EfacturaConnection(id=1, public_id=new_public_id("efc"), environment=EfacturaEnvironment.TEST, version=1)
        row.client_id, row.client_secret = anaf.login.client_id, anaf.login.client_secret
        row.state, row.connected_at, row.refreshed_at = EfacturaState.CONNECTED, now, now
        row.access_token, row.access_ends_at = access, access_ends_at or now + anaf_login.ACCESS_LASTS
        row.refresh_token, row.refresh_ends_at = renewal, refresh_ends_at or now + anaf_login.REFRESH_LASTS
        session.add(row)
