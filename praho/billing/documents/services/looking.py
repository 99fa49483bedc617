"""How this company's documents look: its colour, its logo, and which of them speak two languages."""

from praho.billing.documents import snapshot
from praho.billing.documents.pdf import renderer
from praho.billing.documents.pdf.look import BRAND, Logo, Look
from praho.core.i18n import gettext
from praho.core.i18n import lazy_gettext as _
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.settings.services import images, values

NEVER, ABROAD, ALWAYS = "never", "abroad", "always"


def _refused_logo(sha256: str) -> str | None:
    """Return why a kept picture is no logo, or None."""
    image = images.find(sha256)
    if image is None or renderer.can_draw(Logo(image.format, image.content)):
        return None
    return gettext("This picture cannot be printed: it is damaged, or it needs other files.")


FIELDS = (
    SettingField("documents.accent", _("Colour"), SettingKind.COLOUR, BRAND, "documents"),
    SettingField(
        "documents.logo",
        _("Logo"),
        SettingKind.IMAGE,
        "",
        "documents",
        _("PNG, JPEG or SVG, at most 300 KB. It replaces the company's name at the top of documents."),
        check=_refused_logo,
    ),
    SettingField(
        "documents.second_language",
        _("Romanian and English side by side"),
        SettingKind.CHOICE,
        ABROAD,
        "documents",
        _("The first language is the one in which the document was issued."),
        choices=((NEVER, _("Never")), (ABROAD, _("For buyers abroad")), (ALWAYS, _("Always"))),
    ),
)


def look() -> Look:
    """Return the company's look as set."""
    logo = images.find(values.text("documents.logo"))
    return Look(accent=values.text("documents.accent"), logo=None if logo is None else Logo(logo.format, logo.content))


def second_language(document: snapshot.DocumentSnapshot) -> str | None:
    """Return the language that stands beside a document's own, or None."""
    wanted = values.text("documents.second_language")
    abroad = document.buyer.address.country != document.seller.address.country
    if wanted == NEVER or (wanted == ABROAD and not abroad):
        return None
    return "en" if document.locale == "ro" else "ro"
