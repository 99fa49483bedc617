"""The people of the demonstration: staff, and customers with their members. Everybody may read their password."""

from dataclasses import dataclass

from praho.core.db.uow import unit_of_work
from praho.core.permissions import MemberRole, StaffRole
from praho.customers.services import changing, members, registering
from praho.customers.types import CustomerInput
from praho.models.customers import CustomerKind
from praho.operations.services.demo import company
from praho.users.services import people, second_factor, signing_up, staff

PASSWORD = "carpati-demo-2026"  # noqa: S105
TOTP_SECRET = "PRAHODEMOHOSTCARPATITOTPSECRET23"  # noqa: S105
"""The staff's second factor, for an authenticator app."""


@dataclass(frozen=True, slots=True)
class Login:
    """A login of the demonstration: `role` says whose it is, in English."""

    email: str
    name: str
    role: str
    staff: StaffRole | None = None


@dataclass(frozen=True, slots=True)
class _Member:
    login: Login
    role: MemberRole


@dataclass(frozen=True, slots=True)
class _Buyer:
    typed: CustomerInput
    members: tuple[_Member, ...]


ADMIN = Login(f"admin@{company.MAIL_DOMAIN}", "Ioana Marinescu", "administrator", StaffRole.ADMIN)
BILLING = Login(f"facturare@{company.MAIL_DOMAIN}", "Radu Stoica", "billing", StaffRole.BILLING)
SUPPORT = Login(f"suport@{company.MAIL_DOMAIN}", "Elena Dumitru", "support", StaffRole.SUPPORT)
_STAFF = (ADMIN, BILLING, SUPPORT)
BAKERY = "ana@brutaria-ciresilor.example"
PERSON = "andrei.ionescu@posta.example"
STUDIO = "vlad@atelier-nord.example"
"""The addresses of the three customers and of their owners."""
DESIGNER = "mihai@webdesign.example"
"""Looks after the sites of several customers."""

_BUYERS = (
    _Buyer(
        CustomerInput(
            kind=CustomerKind.COMPANY,
            name="Brutăria Cireșilor S.R.L.",
            email=BAKERY,
            phone="0264 555 118",
            street="Strada Cireșilor nr. 7",
            city="Florești",
            county="Cluj",
            post_code="407280",
            cui="RO99204417",
            vat_payer=True,
            reg_com="J12/2871/2017",
        ),
        (
            _Member(Login(BAKERY, "Ana Moldovan", "customer, a company"), MemberRole.OWNER),
            _Member(
                Login("contabilitate@brutaria-ciresilor.example", "Corina Pașca", "her accountant"),
                MemberRole.BILLING,
            ),
        ),
    ),
    _Buyer(
        CustomerInput(
            kind=CustomerKind.PERSON,
            name="Andrei Ionescu",
            email=PERSON,
            phone="0722 555 204",
            street="Strada Popa Nan nr. 131, ap. 4",
            city="Sector 3",
            county="București",
            post_code="030577",
        ),
        (
            _Member(Login(PERSON, "Andrei Ionescu", "customer, a person"), MemberRole.OWNER),
            _Member(Login(DESIGNER, "Mihai Georgescu", "his web designer"), MemberRole.TECHNICAL),
        ),
    ),
    _Buyer(
        CustomerInput(
            kind=CustomerKind.COMPANY,
            name="Atelier Nord S.R.L.",
            email=STUDIO,
            phone="0232 555 340",
            street="Bulevardul Copou nr. 40",
            city="Iași",
            county="Iași",
            post_code="700490",
            cui="99120456",
            reg_com="J22/640/2021",
        ),
        (_Member(Login(STUDIO, "Vlad Antonescu", "customer, pays no VAT"), MemberRole.OWNER),),
    ),
)


def logins() -> tuple[Login, ...]:
    """Return all logins: the staff's first."""
    return (*_STAFF, *(member.login for buyer in _BUYERS for member in buyer.members))


def present() -> bool:
    """Return whether the demonstration's people are in the database; in a system scope."""
    return people.by_email(ADMIN.email) is not None


def let_in() -> None:
    """Make every login and every customer; in a system scope."""
    with unit_of_work():
        for buyer in _BUYERS:
            _register(buyer)
        for login in _STAFF:
            _employ(login)


def _employ(login: Login) -> None:
    assert login.staff is not None
    made = staff.create(
        email=login.email, full_name=login.name, password=PASSWORD, role=login.staff, locale="ro", demo=True
    )
    second_factor.put(made.id, TOTP_SECRET)


def _register(buyer: _Buyer) -> None:
    users = [
        (
            signing_up.create_user(
                email=member.login.email,
                full_name=member.login.name,
                password=PASSWORD,
                locale=buyer.typed.locale,
                confirmed=True,
                demo=True,
            ),
            member.role,
        )
        for member in buyer.members
    ]
    owner, *others = users
    customer = registering.register(buyer.typed, owner_id=owner[0].id)
    for person, role in others:
        members.admit(changing.lock(customer.id), person.id, role)
