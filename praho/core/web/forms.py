"""What forms share: needed fields, long lists to choose from, a command's refusal beside the fields it is about."""

from typing import Any

from flask_wtf import FlaskForm
from markupsafe import escape
from wtforms.widgets import Select

from praho.core.errors import PrahoError


class Needed:
    """Marks a WTForms field as needed without judging it: the command checks all fields at once."""

    field_flags = {"required": True}

    def __call__(self, _form: object, _field: object) -> None:
        """Let everything pass."""


class LongSelect(Select):  # type: ignore[misc]
    """A list of hundreds of plain options, such as countries, written at a tenth of the usual cost."""

    @classmethod
    def render_option(cls, choice: Any, **_attributes: Any) -> str:
        """Return one option; it carries no attributes of its own."""
        selected = " selected" if choice.selected else ""
        return f'<option{selected} value="{escape(choice.value)}">{escape(choice.label)}</option>'


def show_refusal(form: FlaskForm, error: PrahoError) -> None:
    """Add a refusal's sentences to the fields they name, or to the whole form where they name none of its fields."""
    shown = False
    for name, message in error.fields.items():
        if name in form:
            form[name].errors = [*form[name].errors, str(message)]
            shown = True
    if not shown:
        form.form_errors.append(str(error))
