"""What the tests of the reports share: a seller's books."""

import pytest

from tests.factories import customers
from tests.reports.issuing import Books


@pytest.fixture
def books(db, domains) -> Books:
    """The books of a seller who has issued nothing yet."""
    return Books(customers.make_customer())
