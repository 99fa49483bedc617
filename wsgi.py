"""The application for a WSGI server: `gunicorn wsgi:app`. Settings come from `PRAHO_*` variables."""

from praho import app as application
from praho import config as deploy
from praho.core import logging

_config = deploy.load()
logging.configure(_config.log_level, _config.log_format)
app = application.create_app(_config)
