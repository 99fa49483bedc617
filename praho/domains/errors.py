"""Why a domain cannot be had."""

from praho.core.errors import Conflict, Invalid, NotFound


class NoSuchDomain(NotFound):
    """There is no such domain in the scope at hand."""

    code = "no_such_domain"


class NameTaken(Conflict):
    """Another of our domains has this name, or is about to."""

    code = "domain_name_taken"


class RegistrantIncomplete(Invalid):
    """The registry will not accept this registrant; `fields` names what is missing."""

    code = "registrant_incomplete"


class WrongState(Conflict):
    """The domain is not in the state that the command needs."""

    code = "domain_wrong_state"
