"""What the figures should stay below, in milliseconds: the aims for two cores with the database beside them."""

LIST_MS = 20
PAGE_MS = 15
WORK_MS = {
    "proforma → invoice, 3 lines": 8,
    "XML of an invoice": 5,
    "PDF of an invoice": 40,
    "totals of 1,000 lines": 50,
    "PDF of 200 lines": 400,
    "sales journal of everything, CSV": 10_000,
}
NONE = frozenset({"XML checked by the validator", "sales journal of everything, XLSX"})
# The lists that staff work with; every other page, the dashboards among them, is held to the aim of a page.
LISTS = frozenset({
    "customers_admin.customers", "billing_admin.documents", "orders_admin.orders", "provisioning_admin.services",
    "domains_admin.domains",
})  # fmt: skip


def of(name: str) -> float | None:
    """Return the aim of a figure by its name; None where there is none."""
    if name in NONE:
        return None
    return WORK_MS.get(name, LIST_MS if name in LISTS else PAGE_MS)
