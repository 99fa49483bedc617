"""How the audit record names what is done to people, sessions and staff."""

from praho.core.contributions import RecordedAction
from praho.core.i18n import lazy_gettext as _

ACTIONS = (
    RecordedAction("user.signed_up", _("Signed up")),
    RecordedAction("user.signed_in", _("Signed in")),
    RecordedAction("user.email_confirmed", _("Confirmed an e-mail address")),
    RecordedAction("user.profile_changed", _("Changed the own profile")),
    RecordedAction("user.password_changed", _("Changed the own password")),
    RecordedAction("user.password_reset", _("Set a new password by e-mail")),
    RecordedAction("user.session_ended", _("Signed a browser out")),
    RecordedAction("user.other_sessions_ended", _("Signed all other browsers out")),
    RecordedAction("user.second_factor_enrolled", _("Switched two-step sign-in on")),
    RecordedAction("user.second_factor_passed", _("Passed the second step")),
    RecordedAction("user.second_factor_left", _("Switched two-step sign-in off")),
    RecordedAction("user.recovery_codes_renewed", _("Made new recovery codes")),
    RecordedAction("staff.created", _("Created a staff account")),
    RecordedAction("staff.invited", _("Invited a colleague")),
    RecordedAction("staff.invitation_sent_again", _("Sent a colleague's invitation again")),
    RecordedAction("staff.invitation_withdrawn", _("Withdrew a colleague's invitation")),
    RecordedAction("staff.joined", _("Joined the staff")),
    RecordedAction("staff.role_changed", _("Changed a colleague's role")),
    RecordedAction("staff.active_changed", _("Blocked or unblocked a colleague")),
    RecordedAction("staff.second_factor_reset", _("Reset a colleague's second step")),
)
