"""Bringing a command's refusal back into the form that caused it, with everything typed still there."""

from typing import Any

from praho.core.errors import PrahoError


def show_refusal(form: Any, refusal: PrahoError) -> None:
    """Put the refusal's sentences beside the fields of a WTForms form; what fits no field stands above them.

    Render the form again with `status=refusal.http_status` (422 for what was typed, so that htmx swaps it in).
    """
    placed = False
    for name, sentence in refusal.fields.items():
        if name in form:
            form[name].errors = [*form[name].errors, str(sentence)]
            placed = True
        else:
            form.form_errors.append(str(sentence))
    if not placed and str(refusal.message) not in form.form_errors:
        form.form_errors.append(str(refusal.message))
