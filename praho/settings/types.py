"""What others see of the settings."""

from dataclasses import dataclass

SettingValue = str | int | bool


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account of the company, in one currency."""

    iban: str
    bank: str
    currency: str


@dataclass(frozen=True, slots=True)
class Seller:
    """The company that sells, as its documents print it. `county` is ISO 3166-2 (`RO-CJ`).

    In Bucharest `city` is `SECTOR1` to `SECTOR6`. `cui` is digits only; `vat_payer` says whether it carries RO.
    What is not set is an empty text: `settings.services.company.missing()` names it.
    """

    name: str
    cui: str
    vat_payer: bool
    reg_com: str
    share_capital: str
    street: str
    city: str
    county: str
    post_code: str
    country: str
    iban: str
    bank: str
    email: str
    phone: str
    website: str
    iban_eur: str = ""
    bank_eur: str = ""

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The bank accounts that are set, that in lei first."""
        known = (Account(self.iban, self.bank, "RON"), Account(self.iban_eur, self.bank_eur, "EUR"))
        return tuple(account for account in known if account.iban)

    def account_in(self, currency: str) -> Account | None:
        """Return the account that is paid into in a currency, or None."""
        return next((account for account in self.accounts if account.currency == currency), None)

    @property
    def vat_id(self) -> str | None:
        """The CUI with its prefix, or None for a seller who does not pay VAT."""
        return f"RO{self.cui}" if self.vat_payer and self.cui else None


@dataclass(frozen=True, slots=True)
class SettingGroup:
    """A screen of settings: its key, its title, and what it is for."""

    key: str
    title: object
    intro: object
    icon: str = "settings"
    order: int = 100
