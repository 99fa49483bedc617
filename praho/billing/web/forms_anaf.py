"""The form of the connection to ANAF."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from praho.core.i18n import lazy_gettext as _
from praho.models.billing.efactura import EfacturaEnvironment

_NEEDED = _("Please fill in this field.")


class ApplicationForm(FlaskForm):  # type: ignore[misc]
    """The application as it was registered at ANAF."""

    environment = RadioField(
        _("Environment"),
        choices=[
            SelectChoice(EfacturaEnvironment.PRODUCTION.value, _("Production: what is sent is filed")),
            SelectChoice(EfacturaEnvironment.TEST.value, _("Test: for trying it out, nothing is filed")),
        ],
        default=EfacturaEnvironment.PRODUCTION.value,
    )
    client_id = StringField(_("Client ID"), validators=[DataRequired(_NEEDED), Length(max=200)])
    secret = PasswordField(_("Client Secret"), validators=[Length(max=300)])
