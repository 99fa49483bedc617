"""The mails of the users domain; a link's token goes sealed, never among the facts."""

from praho.core.contributions import Recipient
from praho.models.users import TokenPurpose, User
from praho.notifications.services import sending
from praho.users.services import links


def recipient(user: User) -> Recipient:
    """Return where a user's mails go."""
    return Recipient(user.email, user.full_name, user.locale, user.id)


def confirm_address(user: User) -> None:
    """Mail the link that confirms the address. Needs a unit of work."""
    token, occasion = links.issue(user.id, TokenPurpose.CONFIRM_EMAIL)
    sending.send("users/confirm_email", f"users.confirm:{occasion}", recipient(user), {}, secrets={"token": token})


def reset_password(user: User) -> None:
    """Mail the link that sets a new password. Needs a unit of work."""
    token, occasion = links.issue(user.id, TokenPurpose.RESET_PASSWORD)
    sending.send("users/reset_password", f"users.reset:{occasion}", recipient(user), {}, secrets={"token": token})


def has_account_already(user: User, occasion: str) -> None:
    """Tell the owner of an address that somebody tried to sign up with it. Needs a unit of work."""
    sending.send("users/has_account", f"users.has_account:{user.public_id}:{occasion}", recipient(user), {})


def password_changed(user: User, occasion: str) -> None:
    """Tell a user that the password was changed. Needs a unit of work."""
    sending.send("users/password_changed", f"users.password_changed:{occasion}", recipient(user), {})


def second_factor_removed(user: User, occasion: str) -> None:
    """Tell a user that the second factor was taken away. Needs a unit of work."""
    sending.send("users/second_factor_removed", f"users.second_factor_removed:{occasion}", recipient(user), {})
