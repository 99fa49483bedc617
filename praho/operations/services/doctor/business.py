"""What the company's business needs: its data, its numbers, its providers, its jobs, and what the domains watch."""

from collections.abc import Iterator
from datetime import timedelta

from praho.config import Config, variable
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.domain import registry
from praho.integrations.services import browsing, testing
from praho.operations import repos
from praho.operations.services.doctor.findings import Finding, error, ok, warning
from praho.settings.services import company

_LATE = timedelta(minutes=10)


def checks(config: Config) -> Iterator[Finding]:
    """Yield what is found."""
    yield from exposure(config)
    with entered(SystemScope("doctor")):
        yield _company()
        yield _numbers()
        yield _jobs()
        for check in registry().contributed("health_checks"):
            sentence = check.run()
            yield ok(check.name, "Nothing to say.") if sentence is None else warning(check.name, sentence)


def exposure(config: Config) -> Iterator[Finding]:
    """Yield how visitors reach this installation, and whether that is safe."""
    if not config.in_production:
        where = config.base_url
        yield ok("address", f"Served as {where}, in {config.environment}: not meant for customers.")
        return
    if not config.base_url.startswith("https://"):
        yield error("address", f"{variable('public_url')} is not https: passwords would travel in the open.")
    elif config.trusted_proxies == 0:
        name = variable("trusted_proxies")
        yield warning("address", f"{name} is 0: behind a proxy every visitor would have the proxy's address.")
    else:
        yield ok("address", f"Served as {config.base_url} behind {config.trusted_proxies} proxies.")
    if config.demo:
        yield error("demo", f"Demo logins are on: set {variable('demo')}=false.")


def _company() -> Finding:
    missing = company.missing()
    if missing:
        return error("company", f"No invoice can be issued, the company lacks: {', '.join(map(str, missing))}.")
    return ok("company", "The company's data is complete.")


def _numbers() -> Finding:
    for prefix, first, following, count in repos.series_counts():
        if count != following - first:
            sentence = f"Series {prefix} has {count} documents for {following - first} numbers: some are missing."
            return error("numbers", sentence)
    return ok("numbers", "No number of an invoice is missing.")


def _jobs() -> Finding:
    dead, late = repos.dead_and_late(clock.machine_now() - _LATE)
    if late:
        return error("jobs", f"Jobs that are late by more than ten minutes: {late}. Does a worker run?")
    if dead:
        return warning("jobs", f"Jobs that gave up: {dead}. The jobs page of the admin shows why.")
    return ok("jobs", "No job is late, none gave up.")


def providers() -> Iterator[Finding]:
    """Try every provider account out that is switched on."""
    with entered(SystemScope("doctor")):
        accounts = [account for account in browsing.accounts() if account.active]
    for account in accounts:
        with entered(SystemScope("doctor")):
            tried = testing.test_connection(account.public_id)
        name = f"provider {account.label}"
        yield ok(name, str(tried.summary)) if tried.error is None else warning(name, str(tried.error))
