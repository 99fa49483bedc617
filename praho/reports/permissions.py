"""Who may see the company's books."""

from praho.core.permissions import Permission, StaffRole

VIEW_REPORTS = Permission("reports.view", staff=frozenset({StaffRole.BILLING, StaffRole.AUDITOR}))
