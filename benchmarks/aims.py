"""What the figures should stay below, in milliseconds: the aims for two cores with the database beside them."""

DASHBOARD_MS = 15
LIST_MS = 20
PAGE_MS = 15
DOCUMENTS_MS = {"proforma → invoice, 3 lines": 8.0, "XML of an invoice": 5.0, "PDF of an invoice": 40.0}
# The lists that staff work with; every other page is held to the aim of a page.
LISTS = frozenset({
    "customers_admin.customers", "documents_admin.documents", "orders_admin.orders", "services_admin.services",
    "domains_admin.domains",
})  # fmt: skip


def of(name: str) -> float:
    """Return the aim of a figure by its name."""
    if name in DOCUMENTS_MS:
        return DOCUMENTS_MS[name]
    return LIST_MS if name in LISTS else PAGE_MS
