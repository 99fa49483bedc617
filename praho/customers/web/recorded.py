"""How the audit record names what is done to customers, their contacts and members."""

from praho.core.contributions import RecordedAction
from praho.core.i18n import lazy_gettext as _

ACTIONS = (
    RecordedAction("customer.registered", _("Registered a customer")),
    RecordedAction("customer.changed", _("Changed a customer's data")),
    RecordedAction("customer.closed", _("Closed a customer")),
    RecordedAction("customer.reopened", _("Reopened a customer")),
    RecordedAction("customer.erasure_requested", _("Took in a request to be erased")),
    RecordedAction("customer.erasure_refused", _("Refused a request to be erased")),
    RecordedAction("customer.erased", _("Erased a customer")),
    RecordedAction("customer.note_written", _("Wrote a note")),
    RecordedAction("customer.standing", _("Changed a customer's discount or group")),
    RecordedAction("customer.vat_standing_corrected", _("Corrected whether a customer pays VAT")),
    RecordedAction("customers.group.create", _("Created a customer group")),
    RecordedAction("customers.group.change", _("Changed a customer group")),
    RecordedAction("contact.added", _("Added a contact")),
    RecordedAction("contact.changed", _("Changed a contact")),
    RecordedAction("contact.removed", _("Removed a contact")),
    RecordedAction("member.invited", _("Invited a member")),
    RecordedAction("member.invitation_sent_again", _("Sent a member's invitation again")),
    RecordedAction("member.invitation_withdrawn", _("Withdrew a member's invitation")),
    RecordedAction("member.joined", _("Became a member")),
    RecordedAction("member.role_changed", _("Changed a member's role")),
    RecordedAction("member.removed", _("Took a member's access away")),
    RecordedAction("member.left", _("Gave up the own access")),
)
