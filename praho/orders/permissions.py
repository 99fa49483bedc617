"""Who may look at orders, cancel them, and order for a customer."""

from praho.core.permissions import ALL_MEMBERS, ALL_STAFF, MemberRole, Permission, StaffRole

BUYERS = frozenset({MemberRole.OWNER, MemberRole.BILLING})
"""The roles in which a member may order for the customer."""

VIEW_ORDERS = Permission("orders.view", staff=ALL_STAFF, members=ALL_MEMBERS)
CANCEL_OWN_ORDERS = Permission("orders.cancel_own", members=BUYERS)
MANAGE_ORDERS = Permission("orders.manage", staff=frozenset({StaffRole.BILLING, StaffRole.SUPPORT}))
GIVE_DISCOUNTS = Permission("orders.discount", staff=frozenset({StaffRole.BILLING}))
DELIVER_ORDERS = Permission("orders.deliver", staff=frozenset({StaffRole.TECHNICIAN, StaffRole.SUPPORT}))
