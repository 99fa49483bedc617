"""Who may see documents and money, and who may move it."""

from praho.core.permissions import ALL_MEMBERS, MemberRole, Permission, StaffRole

_MONEY_STAFF = frozenset({StaffRole.BILLING})
_READING_STAFF = frozenset({StaffRole.BILLING, StaffRole.SUPPORT, StaffRole.AUDITOR})

VIEW_DOCUMENTS = Permission("billing.documents.view", staff=_READING_STAFF, members=ALL_MEMBERS)
PAY_DOCUMENTS = Permission("billing.documents.pay", members=frozenset({MemberRole.OWNER, MemberRole.BILLING}))
CANCEL_DOCUMENTS = Permission("billing.documents.cancel", staff=_MONEY_STAFF)
CREDIT_INVOICES = Permission("billing.documents.credit", staff=_MONEY_STAFF)
SEND_EFACTURA = Permission("billing.efactura.send", staff=_MONEY_STAFF)
VIEW_PAYMENTS = Permission("billing.payments.view", staff=_READING_STAFF)
RECORD_PAYMENTS = Permission("billing.payments.record", staff=_MONEY_STAFF)
USE_BALANCE = Permission("billing.balance.use", staff=_MONEY_STAFF)
REFUND_BALANCE = Permission("billing.balance.refund", staff=_MONEY_STAFF)
WRITE_OFF = Permission("billing.documents.write_off", staff=_MONEY_STAFF)
ADD_FUNDS = Permission("billing.balance.add", members=frozenset({MemberRole.OWNER, MemberRole.BILLING}))
VIEW_TAX_SETTINGS = Permission("billing.settings.view", staff=frozenset({StaffRole.BILLING, StaffRole.AUDITOR}))
MANAGE_TAX_SETTINGS = Permission("billing.settings.manage", staff=_MONEY_STAFF)
