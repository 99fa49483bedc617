"""The Celery application, for an installation with a broker.

celery -A praho.worker worker -Q high,default,low,email,reports
celery -A praho.worker beat      # exactly one
"""

import sys

import celery as library

from praho import app as application
from praho import config as deploy
from praho.config import ConfigError
from praho.core import domain, logging
from praho.core.jobs import celery_driver


def _celery() -> library.Celery:
    config = deploy.load()
    if config.redis_url is None:
        raise ConfigError("PRAHO_REDIS_URL is not set: without a broker the jobs run inside `praho run`.")
    logging.configure(config.log_level, config.log_format)
    jobs = application.jobs(application.create_app(config))
    return celery_driver.application(config.redis_url.get_secret_value(), jobs, domain.registry().schedule)


try:
    celery = _celery()
except ConfigError as error:
    sys.exit(str(error))
