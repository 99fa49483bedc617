"""Why a service cannot be had, or its password not be shown."""

from praho.core.errors import Conflict, Invalid, NotFound


class NoSuchService(NotFound):
    """There is no such service in the scope at hand."""

    code = "no_such_service"


class DomainNeeded(Invalid):
    """A hosting account needs the name of its first domain."""

    code = "service_domain_needed"


class WrongState(Conflict):
    """The service is not in the state that the command needs."""

    code = "service_wrong_state"


class NothingToReveal(Conflict):
    """The access data was shown before, and is kept nowhere any more."""

    code = "credentials_revealed"
