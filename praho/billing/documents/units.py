"""Units of measure: the UN/ECE codes of documents (recommendation 20) and the words that people use."""

from praho.core.i18n import pgettext

_SPOKEN = {
    "BUC": "H87",
    "BUCATA": "H87",
    "BUCATĂ": "H87",
    "LUNA": "MON",
    "LUNĂ": "MON",
    "AN": "ANN",
    "ORA": "HUR",
    "ORĂ": "HUR",
    "ZI": "DAY",
    "GB": "E34",
}


def code(unit: str) -> str:
    """Return the UN/ECE code for a Romanian word (`buc.`, `lună`); what is no such word comes back as it is."""
    return _SPOKEN.get(unit.strip().rstrip(".").upper(), unit)


def label(unit_code: str) -> str:
    """Return the short word for a UN/ECE code in the locale in force; a code without one stands for itself."""
    labels = {
        "H87": pgettext("measure", "pc."),
        "C62": pgettext("measure", "pc."),
        "MON": pgettext("measure", "month"),
        "ANN": pgettext("measure", "year"),
        "HUR": pgettext("measure", "hour"),
        "DAY": pgettext("measure", "day"),
        "E34": "GB",
    }
    return labels.get(unit_code, unit_code)
