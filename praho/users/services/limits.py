"""How often somebody may try: per account and network together, so that nobody locks the owner out from afar.

A browser where the owner was signed in before has a count of its own. The shared counts are generous: they stop
lists of stolen passwords, not people who mistype.
"""

import ipaddress

from praho.core import crypto
from praho.core.errors import TooManyRequests
from praho.core.web import rate_limits

_QUARTER_HOUR = 900
_HOUR = 3600
# An address plan gives every IPv6 household its own /64 at least.
_IPV6_HOUSEHOLD = 64
_SIGN_IN = "sign-in"
_SIGN_IN_ACCOUNT = "sign-in.account"
_SIGN_IN_DEVICE = "sign-in.device"
_SIGN_IN_NETWORK = "sign-in.network"


def network_of(ip: str | None) -> str:
    """Return the network that an address is counted under: itself, or an IPv6 household's /64."""
    try:
        address = ipaddress.ip_address(ip or "")
    except ValueError:
        return "unknown"
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, _IPV6_HOUSEHOLD), strict=False))


def count_sign_in(email: str, ip: str | None, *, own_device: bool) -> None:
    """Count a try to sign in; raise TooManyRequests beyond the limits."""
    account, network = _account(email), network_of(ip)
    if own_device:
        rate_limits.hit(_SIGN_IN_DEVICE, account, limit=10, seconds=_QUARTER_HOUR)
        return
    rate_limits.hit(_SIGN_IN_NETWORK, network, limit=60, seconds=_QUARTER_HOUR)
    rate_limits.hit(_SIGN_IN, f"{account}:{network}", limit=8, seconds=_QUARTER_HOUR)
    rate_limits.hit(_SIGN_IN_ACCOUNT, account, limit=60, seconds=_HOUR)


def forget_sign_in(email: str, ip: str | None) -> None:
    """Start counting anew for an account and a network, after a right password."""
    account = _account(email)
    rate_limits.forget(_SIGN_IN_DEVICE, account)
    rate_limits.forget(_SIGN_IN, f"{account}:{network_of(ip)}")


def count_code(user_id: int, ip: str | None) -> None:
    """Count a try at the second factor."""
    rate_limits.hit("second-factor", f"{user_id}:{network_of(ip)}", limit=8, seconds=_QUARTER_HOUR)
    rate_limits.hit("second-factor.account", str(user_id), limit=60, seconds=_HOUR)


def count_password_check(user_id: int) -> None:
    """Count a try at the present password of somebody who is signed in."""
    rate_limits.hit("password-check", str(user_id), limit=10, seconds=_QUARTER_HOUR)


def count_sign_up(ip: str | None) -> None:
    """Count a new account, or a try at one."""
    rate_limits.hit("sign-up", network_of(ip), limit=20, seconds=_HOUR)


def count_link_use(ip: str | None) -> None:
    """Count the use of a mailed link, right or wrong."""
    rate_limits.hit("mailed-link", network_of(ip), limit=40, seconds=_HOUR)


def count_forgotten(ip: str | None) -> None:
    """Count a wish for a new password."""
    rate_limits.hit("forgotten", network_of(ip), limit=20, seconds=_HOUR)


def may_mail(purpose: str, email: str) -> bool:
    """Count a mail that anybody may cause to an address; False where it had enough of them this hour."""
    try:
        rate_limits.hit(f"mail.{purpose}", _account(email), limit=5, seconds=_HOUR)
    except TooManyRequests:
        return False
    return True


def _account(email: str) -> str:
    # Counters are kept under a hash: what was typed need not be an account, nor even an address.
    return crypto.hash_token(email.strip().lower())[:32]
