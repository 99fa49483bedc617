"""Numbers of people and companies that do not exist: their check digits are right, and nobody was ever given them.

- A CUI begins with 98. The tax office gives them out in sequence and stood near 53 million in 2026, so that these
  numbers lie decades ahead.
- A CNP names sector 7 or 8 of Bucharest as the place of birth, for somebody born after 1980. Both sectors were
  abolished in 1979, so that the register of persons never gave such a code out.
- Telephone numbers have 555 in the middle, addresses of mails end in `.example` (RFC 2606), and visitors come from
  the networks that RFC 5737 keeps for documentation.
"""

from datetime import date

from stdnum.ro import cnp as stdnum_cnp
from stdnum.ro import cui as stdnum_cui

_CUI_PREFIX = "98"
_CUI_COUNT = 100_000
# Prime to the count: neighbours get numbers that do not look alike, and no two of the first 100,000 the same.
_CUI_STRIDE = 78_509
_ABOLISHED_SECTORS = ("47", "48")
_NETWORKS = ("192.0.2", "198.51.100", "203.0.113")


def cui(number: int) -> str:
    """Return the CUI of the n-th invented company, without RO; different ones for the first 100,000."""
    digits = f"{_CUI_PREFIX}{number * _CUI_STRIDE % _CUI_COUNT:05}"
    return digits + str(stdnum_cui.calc_check_digit(digits))


def cnp(number: int, born: date, *, woman: bool) -> str:
    """Return a personal code of the n-th invented person, born after 1980."""
    if born.year <= 1980:
        raise ValueError("only births after 1980 prove that the code was never given out")
    sex = (5 if born.year >= 2000 else 1) + woman
    place = _ABOLISHED_SECTORS[number % 2]
    digits = f"{sex}{born:%y%m%d}{place}{number % 999 + 1:03}"
    return digits + str(stdnum_cnp.calc_check_digit(digits))


def mobile(number: int) -> str:
    """Return a mobile number with 555 in the middle."""
    operator = ("721", "722", "731", "740", "744", "755", "766", "770")[number % 8]
    return f"0{operator} 555 {number * 37 % 1000:03}"


def ip(number: int) -> str:
    """Return an address of a network for documentation."""
    return f"{_NETWORKS[number % 3]}.{number * 53 % 254 + 1}"
