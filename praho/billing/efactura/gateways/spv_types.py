"""What is known after a call of ANAF's e-Factura service: answers, doubts, and calls that did nothing."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Later(Exception):
    """Nothing happened at ANAF, and the same call may be made again after so many `seconds`."""

    def __init__(self, detail: str, seconds: int = 60) -> None:
        super().__init__(detail)
        self.detail = detail
        self.seconds = seconds


class NotSent(Later):
    """The upload did not reach ANAF, or ANAF did not look at it: no connection, or too many calls."""


class TryLater(Later):
    """A question got no answer that can be read, or not yet."""


class AccessDenied(NotSent, TryLater):
    """ANAF does not accept the token, or its holder has no right to the CIF: no call will work until staff act."""


class Standard(StrEnum):
    """What a document is written in, as the upload names it."""

    UBL = "UBL"
    CN = "CN"


class MessageKind(StrEnum):
    """What a message of the list is about, as ANAF writes it; `OTHER` is everything that is not known here."""

    SENT = "FACTURA TRIMISA"
    ERRORS = "ERORI FACTURA"
    RECEIVED = "FACTURA PRIMITA"
    OTHER = ""


@dataclass(frozen=True, slots=True)
class Access:
    """As whom ANAF is called: the company's CIF (digits), an access token, and the address of the environment."""

    cif: str
    token: str = field(repr=False)
    base_url: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    """ANAF took the document and will look at it; `index` is its name from now on."""

    index: str


@dataclass(frozen=True, slots=True)
class Refused:
    """ANAF took nothing, and says why."""

    message: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether ANAF took it: look for it in the lists before anything is sent again."""

    detail: str


@dataclass(frozen=True, slots=True)
class Processing:
    """ANAF has not decided yet."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The document is valid and delivered; the download holds it with the ministry's seal."""

    download_id: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The document is not valid. What is wrong stands in the download, or in `message` where there is none."""

    download_id: str | None
    message: str


@dataclass(frozen=True, slots=True)
class QueryFailed:
    """ANAF refuses the question; the document's state is what it was.

    `rights`: it is not ours to ask; `missing`: ANAF knows of no such upload.
    """

    message: str
    rights: bool
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A message of the list; `index` is that of its upload, `details` ANAF's sentence, `created_at` in UTC."""

    index: str
    download_id: str
    kind: MessageKind
    details: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Downloaded:
    """The ZIP as it came, the files in it, and ANAF's messages where it rejected the document."""

    zip_bytes: bytes
    document_xml: bytes
    signature_xml: bytes
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """There is nothing to download, and there never will be: ANAF keeps messages for 60 days."""

    message: str
