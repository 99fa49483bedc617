"""What every process of the crash harness is forked with: what takes long to import, to make or to read.

Nothing here may start a thread or open a connection, for neither would live on in the forked process.
"""

import logging

import celery.apps.worker
import celery.bin.worker
import celery.concurrency.solo
import celery.worker.consumer
import kombu.transport.redis
import typst
from sqlalchemy.orm import configure_mappers

from praho.core import i18n
from praho.sdk.http_client import HttpClient
from tests.crash import child
from tests.journeys import paid_life

MODULES = (
    celery.apps.worker,
    celery.bin.worker,
    celery.concurrency.solo,
    celery.worker.consumer,
    kombu.transport.redis,
    typst,
    child,
)

configure_mappers()
HttpClient(logging.getLogger(__name__))
_app = paid_life.application_without_database()
with _app.app_context(), i18n.in_locale("ro"):
    i18n.gettext("Cart")
    for _name in _app.jinja_env.list_templates(filter_func=lambda name: "/email/" in name or name.startswith("email/")):
        _app.jinja_env.get_template(_name)
