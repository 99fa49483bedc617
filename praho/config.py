"""The deploy settings: one typed, frozen object, read from `PRAHO_*` variables and `.env` at start.

What a company decides in daily life (VAT rates, series, texts) is no deploy setting but in `praho.settings`.
"""

import base64
import contextlib
import difflib
import ipaddress
import os
import secrets
import tempfile
import textwrap
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "PRAHO_"
ANAF_REGISTRY = "https://webservicesp.anaf.ro"
VIES = "https://ec.europa.eu"
BNR = "https://curs.bnr.ro"
EFACTURA = "https://api.anaf.ro"
EFACTURA_LOGIN = "https://logincert.anaf.ro"
ROOT = Path(__file__).resolve().parent.parent
# The test run has variables of its own, which are no settings of the program.
_FOREIGN_PREFIX = "PRAHO_TEST_"


class ConfigError(ValueError):
    """The environment does not make a valid configuration; the message is one line a variable."""


def _with_zone(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("needs a time zone, as in 2026-01-31T09:00:00+02:00")
    return instant


class Config(BaseSettings):
    """All deploy settings. Descriptions become the comments of `.env.example`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True)

    environment: Literal["development", "production"] = Field(
        "development",
        description="`production` demands secrets of its own and refuses the moved clock and demo logins.",
    )
    host: str = Field("127.0.0.1", description="Address that `praho run` listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port that `praho run` listens on.")
    threads: int = Field(8, ge=1, le=64, description="Requests that `praho run` answers at once.")
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^/]+$",
        description="Address that visitors use, for the links in mails. Default: the one served.",
    )
    trusted_proxies: int = Field(
        0, ge=0, le=5, description="Reverse proxies in front whose X-Forwarded-* headers are believed."
    )
    country_header: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9-]+$",
        description=(
            "Header in which the proxy in front names the visitor's country (ISO letters), such as CF-IPCountry. It is"
            " believed only with PRAHO_TRUSTED_PROXIES, and kept as evidence of where a consumer is."
        ),
    )
    secret_key: SecretStr | None = Field(
        None, description="Signs sessions. Outside production one is made in the instance folder."
    )
    encryption_keys: SecretStr | None = Field(
        None,
        description=(
            "Key ring of stored secrets: `name:key` separated by commas, keys of 32 bytes in base64. The"
            " first encrypts, all decrypt; `praho new-key` prints one. Outside production one is made in the"
            " instance folder."
        ),
    )
    database_url: SecretStr | None = Field(
        None,
        description=(
            "PostgreSQL 15 or newer, as postgresql://user:password@host/database. The login must own the"
            " database and may create roles. Default: the embedded server in the instance folder."
        ),
    )
    database_pool_size: int = Field(10, ge=1, le=200, description="Connections that a process keeps open.")
    embedded_postgres: Literal[16, 18] = Field(16, description="Version of the embedded server: 16 or 18.")
    redis_url: SecretStr | None = Field(
        None, description="Broker that wakes the workers. Without it jobs run inside `praho run`."
    )
    instance_dir: Path = Field(
        ROOT / "instance", description="Folder of local data. Default: `instance` beside the program."
    )
    smtp_url: SecretStr | None = Field(
        None,
        description=(
            "Mail server, as smtp://user:password@host:587 (STARTTLS) or smtps://…:465. Without it mails are"
            " kept in `mail` inside the instance folder, readable in the admin."
        ),
    )
    mail_from: str = Field("PRAHO <noreply@localhost>", description="Sender of the mails.")
    company_registry_url: str | None = Field(
        None,
        pattern=r"^https?://[^/]+$",
        description=(
            "Where companies are looked up by their CUI. Default: ANAF's register of taxpayers in production, nobody"
            " elsewhere."
        ),
    )
    vies_url: str | None = Field(
        None,
        pattern=r"^https?://[^/]+$",
        description=(
            "Where VAT numbers of other member states are confirmed. Default: the Commission's VIES in production,"
            " nobody elsewhere."
        ),
    )
    bnr_url: str | None = Field(
        None,
        pattern=r"^https?://[^/]+$",
        description=(
            "Where exchange rates are fetched. Default: the National Bank of Romania in production, nowhere elsewhere."
        ),
    )
    efactura_url: str | None = Field(
        None,
        pattern=r"^https?://[^/]+$",
        description="Where invoices are sent to e-Factura. Default: ANAF's service in production, nowhere elsewhere.",
    )
    efactura_login_url: str | None = Field(
        None,
        pattern=r"^https?://[^/]+$",
        description=(
            "Where staff authorize the sending with their certificate. Default: ANAF's page in production, nowhere"
            " elsewhere."
        ),
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level logged.")
    log_format: Literal["text", "json"] = Field("text", description="`json` for machines, `text` for people.")
    demo: bool = Field(
        True, description="Whether `praho run` fills an empty database with the demo company and its logins."
    )
    demo_size: int = Field(
        60,
        ge=3,
        le=100_000,
        description=(
            "How many customers the demo company begins with: three have logins, the others a past of fourteen months."
        ),
    )
    clock: Annotated[datetime, AfterValidator(_with_zone)] | None = Field(
        None,
        description="Instant from which business time ticks on, for demonstrations. Refused in production.",
    )
    crash_at: int | None = Field(
        None,
        ge=1,
        description="Test of recovery: end the process at its n-th crash point. Not in production.",
    )

    @property
    def in_production(self) -> bool:
        return self.environment == "production"

    @property
    def registry(self) -> str | None:
        """Where companies are looked up; None where nobody is asked."""
        return self.company_registry_url or (ANAF_REGISTRY if self.in_production else None)

    @property
    def vies(self) -> str | None:
        """Where VAT numbers are confirmed; None where nobody is asked."""
        return self.vies_url or (VIES if self.in_production else None)

    @property
    def exchange_rates(self) -> str | None:
        """Where exchange rates are fetched; None where none are."""
        return self.bnr_url or (BNR if self.in_production else None)

    @property
    def efactura(self) -> str | None:
        """Where invoices are sent; None where none are."""
        return self.efactura_url or (EFACTURA if self.in_production else None)

    @property
    def efactura_login(self) -> str | None:
        """Where the sending is authorized; None where it cannot be."""
        return self.efactura_login_url or (EFACTURA_LOGIN if self.in_production else None)

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach what `praho run` serves, directly or through a proxy in front."""
        hosts = [self.host] if self.public_url is None else [self.host, urlsplit(self.public_url).hostname or ""]
        return all(_is_loopback(host) for host in hosts)

    @property
    def base_url(self) -> str:
        """The address of the first page, without a slash at its end."""
        if self.public_url is not None:
            return self.public_url
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @model_validator(mode="after")
    def _production_is_strict(self) -> Self:
        if not self.in_production:
            return self
        needed = ("secret_key", "encryption_keys", "database_url", "public_url")
        missing = [variable(name) for name in needed if getattr(self, name) is None]
        if missing:
            raise ValueError(f"production needs {', '.join(missing)}")
        refused = [variable(name) for name in ("clock", "crash_at") if getattr(self, name) is not None]
        if refused:
            raise ValueError(f"production refuses {', '.join(refused)}")
        return self


def load(dotenv: Path | None = ROOT / ".env") -> Config:
    """Read the settings of this process. `dotenv` holds the same variables; the environment beats it.

    Outside production the two secrets are made once and kept in the instance folder. Raises ConfigError, also
    for an unknown `PRAHO_` variable: a misspelt one would be a setting that silently does nothing.
    """
    _refuse_unknown(os.environ)
    try:
        config = Config(_env_file=dotenv)
    except ValidationError as error:
        raise ConfigError("\n".join(_sentences(error))) from error
    return config if config.in_production else _with_local_secrets(config)


def variable(name: str) -> str:
    """Return the environment variable of a field."""
    return f"{PREFIX}{name.upper()}"


def example() -> str:
    """Return the text of `.env.example`: every variable with its meaning and default, commented out."""
    lines = ["# Deploy settings of PRAHO. Made by `praho env-example > .env.example`.", ""]
    for name, field in Config.model_fields.items():
        lines += textwrap.wrap(field.description or "", 100, initial_indent="# ", subsequent_indent="# ")
        lines += [f"#{variable(name)}={_default(name, field.default)}", ""]
    return "\n".join(lines)


def new_encryption_key(name: str) -> str:
    """Return a fresh entry of the key ring, `name:key`."""
    return f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _default(name: str, value: object) -> object:
    return (
        "instance"
        if name == "instance_dir"
        else ""
        if value is None
        else str(value).lower()
        if isinstance(value, bool)
        else value
    )


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = [variable(name) for name in Config.model_fields]
    for name in sorted(environ):
        if name.startswith(PREFIX) and not name.startswith(_FOREIGN_PREFIX) and name.upper() not in known:
            close = difflib.get_close_matches(name, known, n=1)
            raise ConfigError(f"{name} is no setting{f': did you mean {close[0]}?' if close else '.'}")


def _sentences(error: ValidationError) -> list[str]:
    found = []
    for problem in error.errors():
        name = variable(str(problem["loc"][0])) if problem["loc"] else "PRAHO"
        found.append(f"{name}: {problem['msg'].removeprefix('Value error, ')}")
    return found


def _with_local_secrets(config: Config) -> Config:
    """Fill in the secrets that are not set from files of the instance folder, made at first need."""
    fresh = {"secret_key": secrets.token_urlsafe(48), "encryption_keys": new_encryption_key("local")}
    kept = {
        name: SecretStr(_kept(config.instance_dir / name, value))
        for name, value in fresh.items()
        if getattr(config, name) is None
    }
    return config.model_copy(update=kept)


def _kept(path: Path, fresh: str) -> str:
    """Return the file's content; write `fresh` first where there is no file, readable for its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8") as file:
                file.write(f"{fresh}\n")
                file.flush()
                with contextlib.suppress(FileExistsError):  # another process was faster: its value counts
                    path.hardlink_to(file.name)
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(f"{path} cannot be kept: {error.strerror}.") from error
