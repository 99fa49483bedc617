"""The forms of accounts. What they only need here is checked here; the rest is the commands' business."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from praho.core.i18n import lazy_gettext as _
from praho.core.permissions import StaffRole
from praho.core.web.forms import Needed
from praho.models.users import Theme
from praho.users.web import labels
from praho.users.web.menus import LANGUAGE_NAMES

_NEEDED = _("Please fill in this field.")
_needed = DataRequired(_NEEDED)
_SHORT = Length(max=200, message=_("This is too long."))


class SignInForm(FlaskForm):  # type: ignore[misc]
    email = StringField(
        _("E-mail"), [_needed, Length(max=254)], render_kw={"type": "email", "autocomplete": "username"}
    )
    password = PasswordField(_("Password"), [_needed, _SHORT], render_kw={"autocomplete": "current-password"})


class CodeForm(FlaskForm):  # type: ignore[misc]
    code = StringField(
        _("Code"),
        [_needed, Length(max=60)],
        description=_("The six digits of your authenticator app, or a recovery code."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True},
    )


class SignUpForm(FlaskForm):  # type: ignore[misc]
    full_name = StringField(_("Your name"), [Needed(), _SHORT], render_kw={"autocomplete": "name"})
    email = StringField(_("E-mail"), [Needed(), Length(max=254)], render_kw={"type": "email", "autocomplete": "email"})
    password = PasswordField(
        _("Password"),
        [Needed(), _SHORT],
        description=_("At least 10 characters; a sentence is easier to remember than a riddle."),
        render_kw={"autocomplete": "new-password"},
    )


class EmailForm(FlaskForm):  # type: ignore[misc]
    email = StringField(_("E-mail"), [_needed, Length(max=254)], render_kw={"type": "email", "autocomplete": "email"})


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    password = PasswordField(
        _("New password"),
        [Needed(), _SHORT],
        description=_("At least 10 characters; a sentence is easier to remember than a riddle."),
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(FlaskForm):  # type: ignore[misc]
    present = PasswordField(_("Present password"), [Needed(), _SHORT], render_kw={"autocomplete": "current-password"})
    new = PasswordField(_("New password"), [Needed(), _SHORT], render_kw={"autocomplete": "new-password"})


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """Asks for the password before something that a borrowed browser must not do."""

    password = PasswordField(_("Present password"), [_needed, _SHORT], render_kw={"autocomplete": "current-password"})


class EnrolForm(FlaskForm):  # type: ignore[misc]
    sealed = HiddenField()
    code = StringField(
        _("Code from the app"),
        [Needed(), Length(max=60)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )
    password = PasswordField(_("Present password"), [Needed(), _SHORT], render_kw={"autocomplete": "current-password"})


class ProfileForm(FlaskForm):  # type: ignore[misc]
    full_name = StringField(_("Your name"), [Needed(), _SHORT], render_kw={"autocomplete": "name"})
    locale = SelectField(_("Language"), choices=[SelectChoice(*pair) for pair in LANGUAGE_NAMES.items()])
    theme = RadioField(_("Theme"), choices=[SelectChoice(theme.value, labels.THEMES[theme]) for theme in Theme])


class JoinForm(FlaskForm):  # type: ignore[misc]
    """An invited person's new account."""

    full_name = StringField(_("Your name"), [Needed(), _SHORT], render_kw={"autocomplete": "name"})
    password = PasswordField(_("Password"), [Needed(), _SHORT], render_kw={"autocomplete": "new-password"})


class InviteStaffForm(FlaskForm):  # type: ignore[misc]
    email = StringField(_("E-mail"), [_needed, Length(max=254)], render_kw={"type": "email"})
    role = SelectField(_("Role"), choices=[SelectChoice(role.value, labels.STAFF_ROLES[role]) for role in StaffRole])


class StaffRoleForm(FlaskForm):  # type: ignore[misc]
    role = SelectField(
        _("Role"),
        choices=[
            *(SelectChoice(role.value, labels.STAFF_ROLES[role]) for role in StaffRole),
            SelectChoice("", _("None: leaves the staff")),
        ],
    )
