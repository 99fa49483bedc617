"""The forms of the catalogue. They keep what was typed; what it means is checked by the commands."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from praho.catalogue.types import LONGEST_YEARS, GroupInput, PlanInput, TldInput
from praho.core.i18n import lazy_gettext as _
from praho.models.catalogue import Product, ProductGroup, Tld

_NEEDED = InputRequired(_("Please fill in this field."))
_NAME = Length(max=80, message=_("This is too long."))
_LONG = Length(max=2000, message=_("This is too long."))
_PLACE = NumberRange(0, 10_000, message=_("From 0 to 10000."))
_LANGUAGES = ("ro", "en")


class GroupForm(FlaskForm):  # type: ignore[misc]
    """A shelf of the shop."""

    name_ro = StringField(_("Name in Romanian"), [_NEEDED, _NAME])
    name_en = StringField(_("Name in English"), [_NAME])
    slug = StringField(_("Address"), [_NEEDED, _NAME], description=_("The last part of its page's address."))
    description_ro = TextAreaField(_("Description in Romanian"), [_LONG])
    description_en = TextAreaField(_("Description in English"), [_LONG])
    position = IntegerField(_("Place"), [_NEEDED, _PLACE], default=10, description=_("Smaller numbers come first."))
    visible = BooleanField(_("Shown in the shop"), default=True)

    def typed(self) -> GroupInput:
        """Return what was filled in."""
        return GroupInput(
            slug=self.slug.data,
            name=_texts(self, "name"),
            description=_texts(self, "description"),
            position=self.position.data,
            visible=bool(self.visible.data),
        )


class PlanForm(FlaskForm):  # type: ignore[misc]
    """A hosting plan."""

    group_id = SelectField(_("Group"), validate_choice=False)
    name_ro = StringField(_("Name in Romanian"), [_NEEDED, _NAME])
    name_en = StringField(_("Name in English"), [_NAME])
    slug = StringField(_("Address"), [_NEEDED, _NAME], description=_("The last part of its page's address."))
    description_ro = TextAreaField(_("Description in Romanian"), [_LONG])
    description_en = TextAreaField(_("Description in English"), [_LONG])
    features_ro = TextAreaField(_("Features in Romanian"), [_LONG], description=_("One a line."))
    features_en = TextAreaField(_("Features in English"), [_LONG], description=_("One a line."))
    position = IntegerField(_("Place"), [_NEEDED, _PLACE], default=10, description=_("Smaller numbers come first."))
    highlighted = BooleanField(_("Recommended in the shop"))
    account_id = SelectField(
        _("Set up by"), validate_choice=False, description=_("The provider account that new accounts are made at.")
    )
    remote_plan = StringField(
        _("Plan at the provider"), [_NAME], description=_("Its name exactly as the provider knows it.")
    )

    def offer(self, groups: Sequence[tuple[str, str]], accounts: Sequence[tuple[str, str]]) -> None:
        """Fill in what may be chosen: pairs of public id and name."""
        self.group_id.choices = [SelectChoice(*pair) for pair in groups]
        self.account_id.choices = [SelectChoice(*pair) for pair in (("", _("Not chosen yet")), *accounts)]

    def typed(self) -> PlanInput:
        """Return what was filled in."""
        return PlanInput(
            group_id=self.group_id.data or "",
            slug=self.slug.data,
            name=_texts(self, "name"),
            description=_texts(self, "description"),
            features=_texts(self, "features"),
            position=self.position.data,
            highlighted=bool(self.highlighted.data),
            account_id=self.account_id.data or "",
            remote_plan=self.remote_plan.data or "",
        )


class TldForm(FlaskForm):  # type: ignore[misc]
    """A suffix."""

    name = StringField(_("Ending"), [_NEEDED, _NAME], description=_("Such as ro or com.ro."))
    account_id = SelectField(_("Registered through"), validate_choice=False)
    min_years = IntegerField(_("Fewest years"), [_NEEDED], default=1)
    max_years = IntegerField(_("Most years"), [_NEEDED], default=LONGEST_YEARS)
    position = IntegerField(_("Place"), [_NEEDED, _PLACE], default=10, description=_("Smaller numbers come first."))

    def offer(self, accounts: Sequence[tuple[str, str]]) -> None:
        """Fill in what may be chosen: pairs of public id and name."""
        self.account_id.choices = [SelectChoice(*pair) for pair in (("", _("Not chosen yet")), *accounts)]

    def typed(self) -> TldInput:
        """Return what was filled in."""
        return TldInput(
            name=self.name.data,
            account_id=self.account_id.data or "",
            min_years=self.min_years.data,
            max_years=self.max_years.data,
            position=self.position.data,
        )


def of_group(row: ProductGroup) -> dict[str, Any]:
    """Return the values of the form for a group as it is."""
    return {
        "slug": row.slug,
        "position": row.position,
        "visible": row.visible,
        **_by_locale("name", row.name),
        **_by_locale("description", row.description),
    }


def of_plan(row: Product, group_id: str, account_id: str) -> dict[str, Any]:
    """Return the values of the form for a plan as it is; the ids are public ones."""
    features = {locale: "\n".join(lines) for locale, lines in row.features.items()}
    return {
        "group_id": group_id,
        "slug": row.slug,
        "position": row.position,
        "highlighted": row.highlighted,
        "account_id": account_id,
        "remote_plan": row.remote_plan,
        **_by_locale("name", row.name),
        **_by_locale("description", row.description),
        **_by_locale("features", features),
    }


def of_tld(row: Tld, account_id: str) -> dict[str, Any]:
    """Return the values of the form for a suffix as it is; the account's id is the public one."""
    return {
        "name": row.name,
        "account_id": account_id,
        "min_years": row.min_years,
        "max_years": row.max_years,
        "position": row.position,
    }


def _texts(form: FlaskForm, field: str) -> dict[str, str]:
    return {locale: form[f"{field}_{locale}"].data or "" for locale in _LANGUAGES}


def _by_locale(field: str, texts: dict[str, str]) -> dict[str, str]:
    return {f"{field}_{locale}": texts.get(locale, "") for locale in _LANGUAGES}
