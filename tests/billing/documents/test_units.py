import pytest

from praho.billing.documents import units
from praho.core import i18n


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("BUC", "H87"),
        ("buc.", "H87"),
        ("luna", "MON"),
        ("lună", "MON"),
        (" an ", "ANN"),
        ("oră", "HUR"),
        ("H87", "H87"),
    ],
)
def test_f15_words_become_codes(typed, code):
    assert units.code(typed) == code


@pytest.mark.parametrize(
    ("code", "romanian", "english"),
    [
        ("H87", "buc.", "pc."),
        ("C62", "buc.", "pc."),
        ("MON", "lună", "month"),
        ("ANN", "an", "year"),
        ("HUR", "oră", "hour"),
        ("DAY", "zi", "day"),
        ("E34", "GB", "GB"),
        ("KWH", "KWH", "KWH"),
    ],
)
def test_codes_are_shown_as_words(code, romanian, english):
    with i18n.in_locale("ro"):
        assert units.label(code) == romanian
    with i18n.in_locale("en"):
        assert units.label(code) == english
