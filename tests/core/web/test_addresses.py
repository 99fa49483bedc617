"""Whole addresses of our pages: the company's own, whatever host a request names."""

import pytest

from praho import app as application
from praho.core import domain
from praho.core.web.addresses import absolute


@pytest.fixture
def public_app(deploy_config):
    yield application.create_app(deploy_config.model_copy(update={"public_url": "https://clienti.example.ro"}))
    domain.install(())


def address(app, host):
    with app.test_request_context("/", headers={"Host": host}):
        return absolute("integrations_webhooks.payments", account_id="acc_1")


@pytest.mark.parametrize("host", ["clienti.example.ro", "hotul.example", "127.0.0.1:8000"])
def test_a_request_cannot_name_the_host(public_app, host):
    assert address(public_app, host) == "https://clienti.example.ro/webhooks/payments/acc_1"


def test_without_a_public_address_it_is_the_one_that_was_asked(app):
    assert address(app, "127.0.0.1:8123") == "http://127.0.0.1:8123/webhooks/payments/acc_1"
