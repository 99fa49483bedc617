"""The colours of both themes are far enough apart to be read (WCAG 2.2: text 4.5:1, controls 3:1)."""

import math
import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "praho/ui/css/tokens.css"
TONES = ("neutral", "brand", "info", "success", "warning", "danger")
SURFACES = ("--color-base-100", "--color-base-200", "--hover")
FILLED = ("primary", "secondary", "accent", "neutral", "info", "success", "warning", "error")

TEXT_PAIRS = [
    *[(text, surface) for text in ("--color-base-content", "--text-muted") for surface in SURFACES],
    *[(f"--tone-{tone}", f"--tone-{tone}-soft") for tone in TONES],
    *[(f"--tone-{tone}", surface) for tone in TONES for surface in SURFACES],
    *[("--color-base-content", f"--tone-{tone}-soft") for tone in TONES],
    *[(f"--color-{name}-content", f"--color-{name}") for name in FILLED],
    ("--rail-content", "--rail"),
    ("--rail-muted", "--rail"),
    ("--rail-content", "--rail-active"),
]
CONTROL_PAIRS = [
    ("--field-line", "--color-base-100"),
    ("--focus", "--color-base-100"),
    ("--focus", "--color-base-200"),
    ("--color-primary", "--color-base-100"),
]


def themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r'@plugin "daisyui/theme" \{(.*?)\n\}', TOKENS.read_text(), re.DOTALL)
    read = [dict(re.findall(r"^\s*([\w-]+): (.*?);", block, re.MULTILINE)) for block in blocks]
    return {theme["name"].strip('"'): theme for theme in read}


def luminance(colour: str) -> float:
    """Return the relative luminance of an `oklch(L% C h)` colour, clipped to sRGB."""
    lightness, chroma, hue = (float(part.strip("%")) for part in re.findall(r"[\d.]+%?", colour)[:3])
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    base = lightness / 100
    long = (base + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (base - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (base - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_white_and_black_are_as_far_apart_as_can_be():
    assert contrast("oklch(100% 0 0)", "oklch(0% 0 0)") == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize("theme", ["praho", "praho-dark"])
def test_text_can_be_read(theme):
    tokens = themes()[theme]
    weak = {pair: round(found, 2) for pair in TEXT_PAIRS if (found := contrast(tokens[pair[0]], tokens[pair[1]])) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("theme", ["praho", "praho-dark"])
def test_controls_and_focus_can_be_seen(theme):
    tokens = themes()[theme]
    weak = {
        pair: round(found, 2) for pair in CONTROL_PAIRS if (found := contrast(tokens[pair[0]], tokens[pair[1]])) < 3
    }
    assert weak == {}


def test_both_themes_name_the_same_tokens():
    light, dark = themes()["praho"], themes()["praho-dark"]
    assert light.keys() == dark.keys()
