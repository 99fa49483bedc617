"""Domain names in normal form (IDNA 2008 with the mapping of UTS 46), and where their suffix begins."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import idna

from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers.errors import InvalidIdentifier, normal

MAX_LENGTH = 253


class InvalidDomainName(InvalidIdentifier):
    """Not a name that can be registered, or not under any suffix that we sell."""


@dataclass(frozen=True, slots=True)
class DomainName:
    """A name in lower case without a final dot: `ascii` is what is stored and sent, `unicode` what is shown."""

    ascii: str
    unicode: str

    @property
    def labels(self) -> tuple[str, ...]:
        """The parts between the dots, in ASCII, from left to right."""
        return tuple(self.ascii.split("."))

    def __str__(self) -> str:
        return self.ascii


@dataclass(frozen=True, slots=True)
class Split:
    """A name taken apart: `label` and `suffix` make the registrable name, `below` is what stands before it."""

    below: str
    label: str
    suffix: str

    @property
    def registrable(self) -> str:
        """The name that is registered: the label and its suffix."""
        return f"{self.label}.{self.suffix}"


def parse(text: str) -> DomainName:
    """Read a domain name of at least two labels, in Unicode or in `xn--` form; raise `InvalidDomainName`."""
    ascii_form = _encode(normal(text))
    labels = ascii_form.split(".")
    if len(labels) < 2:
        raise InvalidDomainName("domain.ending", _("Write the whole name with its ending, such as example.ro."))
    if labels[-1].isdigit():
        raise InvalidDomainName("domain.address", _("This is an address of a machine, not a domain name."))
    return DomainName(ascii_form, idna.decode(ascii_form))


def split(name: DomainName, suffixes: Iterable[str]) -> Split:
    """Take a name apart at the longest of the suffixes (`com.ro` wins over `ro` for `a.com.ro`).

    Suffixes may be written with or without a leading dot. Raises `InvalidDomainName` where none fits, and
    for a name that is itself one of them.
    """
    known = {_suffix(suffix) for suffix in suffixes}
    labels = name.labels
    if name.ascii in known:
        raise InvalidDomainName("domain.is_ending", _("This is an ending, not a name under it."))
    for start in range(1, len(labels)):
        suffix = ".".join(labels[start:])
        if suffix in known:
            return Split(".".join(labels[: start - 1]), labels[start - 1], suffix)
    raise InvalidDomainName("domain.unknown_ending", _("We do not offer names with this ending."))


@lru_cache(maxsize=2048)
def _suffix(configured: str) -> str:
    return _encode(normal(configured).strip("."))


def _encode(typed: str) -> str:
    if not typed:
        raise InvalidDomainName("domain.empty", _("Write a domain name."))
    if len(typed) > MAX_LENGTH + 1:
        raise InvalidDomainName("domain.length", _("This domain name is too long."))
    try:
        # The root's dot is dropped only now, for the mapping also makes dots of other scripts' full stops.
        encoded = idna.encode(typed, uts46=True, std3_rules=True).decode("ascii").removesuffix(".")
    except idna.IDNAError:
        raise InvalidDomainName("domain.format", _("This is not a domain name: check its letters.")) from None
    if len(encoded) > MAX_LENGTH:
        raise InvalidDomainName("domain.length", _("This domain name is too long."))
    return encoded
