"""What becomes of the accounts of people who served one erased customer alone: nobody signs in with them again."""

from sqlalchemy import false, func

from praho.core.i18n import lazy_gettext as _
from praho.core.personal_data import NOWHERE, Forgotten, delete, nobody, of_users, pseudonymise, wiped
from praho.models.users import RecoveryCode, StaffInvitation, User, UserSession, UserToken

ACCOUNTS = _("The accounts of its people: names, addresses, passwords, browsers and links")


def _no_address(_whom: Forgotten) -> object:
    return func.concat(func.lower(User.public_id), f"@{NOWHERE}")


def _inactive(_whom: Forgotten) -> object:
    return false()


RULES = (
    delete(RecoveryCode, ACCOUNTS, of_users(RecoveryCode.user_id)),
    delete(UserSession, ACCOUNTS, of_users(UserSession.user_id)),
    delete(UserToken, ACCOUNTS, of_users(UserToken.user_id)),
    delete(StaffInvitation, ACCOUNTS, lambda whom: StaffInvitation.email.in_(whom.addresses)),
    pseudonymise(
        User,
        ACCOUNTS,
        of_users(User.id),
        {
            "email": _no_address,
            "full_name": nobody,
            "password_hash": wiped,
            "totp_sealed": wiped,
            "totp_confirmed_at": wiped,
            "totp_last_counter": wiped,
            "email_confirmed_at": wiped,
            "active": _inactive,
        },
    ),
)
