"""How the company is connected to ANAF's e-Factura service."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.crypto import EncryptedField
from praho.core.db.base import Access, Base, BigId
from praho.core.db.types import StrEnumType, one_of
from praho.core.ids import public_id_maker


class EfacturaEnvironment(StrEnum):
    """ANAF's two installations: what is sent to the test one is no filing."""

    TEST = "test"
    PRODUCTION = "production"


class EfacturaState(StrEnum):
    """Whether ANAF can be called. Whoever is not `CONNECTED` needs a human with a certificate, or ANAF's permission."""

    DISCONNECTED = "disconnected"
    CONNECTED = "connected"
    BROKEN = "broken"
    """ANAF does not renew the authorization any more; it lasts until the access token ends."""
    DENIED = "denied"
    """ANAF answers that the holder of the certificate has no right to the company's CIF: nothing is called."""


class EfacturaConnection(Base):
    """The one connection: the application registered at ANAF, and the tokens that staff obtained with a certificate.

    `version` changes with the tokens, so that an answer to an older question is not written over newer ones.
    `refreshing_until` and `asked_until` are machine time: a claim on the renewal, and the patience with who went to
    ANAF's page, whose way back `asked` proves.
    """

    __tablename__ = "billing_efactura_connection"
    __access__ = Access.STAFF
    __table_args__ = (
        CheckConstraint("id = 1", name="only"),
        one_of("environment", EfacturaEnvironment),
        one_of("state", EfacturaState),
        CheckConstraint(
            "state = 'disconnected' OR (access_token_sealed IS NOT NULL AND refresh_token_sealed IS NOT NULL"
            " AND access_ends_at IS NOT NULL AND refresh_ends_at IS NOT NULL)",
            name="tokens",
        ),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("efc"))
    environment: Mapped[EfacturaEnvironment] = mapped_column(StrEnumType(EfacturaEnvironment))
    client_id: Mapped[str] = mapped_column(String(200))
    client_secret_sealed: Mapped[str | None] = mapped_column(Text)
    client_secret = EncryptedField("client_secret_sealed")
    state: Mapped[EfacturaState] = mapped_column(StrEnumType(EfacturaState))
    version: Mapped[int]
    access_token_sealed: Mapped[str | None] = mapped_column(Text)
    access_token = EncryptedField("access_token_sealed")
    access_ends_at: Mapped[datetime | None]
    refresh_token_sealed: Mapped[str | None] = mapped_column(Text)
    refresh_token = EncryptedField("refresh_token_sealed")
    refresh_ends_at: Mapped[datetime | None]
    connected_at: Mapped[datetime | None]
    refreshed_at: Mapped[datetime | None]
    refreshing_until: Mapped[datetime | None]
    asked_sealed: Mapped[str | None] = mapped_column(Text)
    asked = EncryptedField("asked_sealed")
    asked_until: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(String(500))
