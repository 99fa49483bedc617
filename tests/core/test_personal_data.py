"""Every table, and every column that may hold words about somebody, has a rule for when they ask to be forgotten."""

import pytest

from praho import app as application
from praho.core.db import erasing
from praho.core.db.base import Base
from praho.core.domain import Registry
from praho.core.personal_data import Treatment

RULES = Registry(application.DOMAINS).personal_data
MODELS = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda model: model.__tablename__)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__tablename__)
def test_every_table_has_one_rule(model):
    assert len([rule for rule in RULES if rule.model is model]) == 1


@pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES if rule.treatment in (Treatment.PSEUDONYMISE, Treatment.KEEP)],
    ids=lambda rule: rule.model.__tablename__,
)
def test_every_column_that_may_hold_words_is_thought_of(rule):
    named = set(rule.columns) | set(rule.plain)
    assert erasing.wordy_columns(rule.model) - named == set()
    assert named - set(rule.model.__table__.columns.keys()) == set()
    assert set(rule.columns) & set(rule.plain) == set()


def test_what_is_kept_has_a_ground_and_what_goes_is_found():
    for rule in RULES:
        assert (rule.ground is not None) == (rule.treatment is Treatment.KEEP), rule.model
        assert (rule.rows is not None) == (rule.treatment is not Treatment.NONE), rule.model
        assert bool(str(rule.what)) == (rule.treatment is not Treatment.NONE), rule.model
        if rule.treatment is Treatment.PSEUDONYMISE:
            assert rule.run is not None or rule.values, rule.model


def test_a_table_without_customers_and_people_alone_may_have_nothing_to_forget():
    """Whoever names a customer or a user in a table has to say what goes, or that only numbers stay."""
    silent = {
        rule.model.__tablename__
        for rule in RULES
        if rule.treatment is Treatment.NONE
        and {"customer_id", "user_id", "email", "phone", "ip"} & set(rule.model.__table__.columns.keys())
    }
    assert silent == {"billing_ledger_finding", "billing_payment_attempt_share", "catalogue_redemption"}
