"""Putting a command's refusal beside the fields that it is about."""

from flask_wtf import FlaskForm

from praho.core.errors import PrahoError


class Needed:
    """Marks a WTForms field as needed without judging it: the command checks all fields at once."""

    field_flags = {"required": True}

    def __call__(self, _form: object, _field: object) -> None:
        """Let everything pass."""


def show_refusal(form: FlaskForm, error: PrahoError) -> None:
    """Add a refusal's sentences to the fields they name, or to the whole form where they name none of its fields."""
    shown = False
    for name, message in error.fields.items():
        if name in form:
            form[name].errors = [*form[name].errors, str(message)]
            shown = True
    if not shown:
        form.form_errors.append(str(error))
