"""The machine and the services around PRAHO: Python, clocks, disk, broker, mail."""

import os
import shutil
import smtplib
import sys
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from praho.config import Config, variable
from praho.core import clock
from praho.core.db import inspection
from praho.core.jobs import celery_driver
from praho.operations.services.doctor.findings import Finding, error, ok, warning

_OLDEST_PYTHON = (3, 11)
_LEAST_FREE, _FEW_FREE = 300 * 1024**2, 2 * 1024**3
_MOST_APART = timedelta(seconds=5)
_SECONDS = 5.0


def checks(config: Config) -> Iterator[Finding]:
    """Yield what is found."""
    yield python()
    yield disk(config)
    yield clocks(config)
    yield broker(config)
    yield mail(config)


def python() -> Finding:
    """Look at the interpreter."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < _OLDEST_PYTHON:
        return error("python", f"Python {version} is too old: 3.11 is the oldest that works.")
    return ok("python", f"Python {version}.")


def disk(config: Config) -> Finding:
    """Look at the free space of the instance folder."""
    folder = config.instance_dir
    if not os.access(folder, os.W_OK):
        return error("disk", f"The folder {folder} cannot be written.")
    free = shutil.disk_usage(folder).free
    sentence = f"{free // 1024**2} MB are free in {folder}."
    if free < _LEAST_FREE:
        return error("disk", f"Only {sentence}")
    return warning("disk", f"Only {sentence}") if free < _FEW_FREE else ok("disk", sentence)


def clocks(config: Config) -> Finding:
    """Compare the machine's clock with the database's; one-time codes and leases live by them."""
    apart = abs(clock.machine_now() - inspection.server().now)
    instant = f"{clock.now():%Y-%m-%d %H:%M}"
    if apart > _MOST_APART:
        return error("clock", f"The clocks of this machine and of the database are {apart.seconds} seconds apart.")
    if config.clock is not None:
        return warning("clock", f"Business time is moved by {variable('clock')}: it is {instant} UTC.")
    return ok("clock", f"It is {instant} UTC here and in the database.")


def broker(config: Config) -> Finding:
    """Ask the broker, and the workers behind it."""
    if config.redis_url is None:
        return ok("broker", "No broker is set: jobs run inside `praho run`.")
    try:
        workers = celery_driver.answering(config.redis_url.get_secret_value())
    except celery_driver.BrokerSilent as trouble:
        return error("broker", f"The broker of {variable('redis_url')} does not answer: {trouble}")
    if not workers:
        return error("broker", "The broker answers, but no worker does: nobody runs the jobs.")
    return ok("broker", f"The broker answers, and so do {workers} workers.")


def mail(config: Config) -> Finding:
    """Greet the mail server, without sending anything."""
    if config.smtp_url is None:
        sentence = f"No mail server is set: mails stay in {config.instance_dir / 'mail'}."
        return error("mail", sentence) if config.in_production else ok("mail", sentence)
    parts = urlsplit(config.smtp_url.get_secret_value())
    try:
        kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
        with kind(parts.hostname or "localhost", parts.port or 0, timeout=_SECONDS) as client:
            client.ehlo()
    except (OSError, smtplib.SMTPException) as trouble:
        return error("mail", f"The mail server {parts.hostname} does not answer: {trouble}")
    return ok("mail", f"The mail server {parts.hostname} answers.")
