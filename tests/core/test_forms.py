"""What forms share."""

from wtforms import Form, SelectField
from wtforms.widgets import Select

from praho.core.web.forms import LongSelect

CHOICES = [("", "—"), ("RO", "România"), ("A&B", 'Țara "<x>"')]


class Both(Form):
    long = SelectField("Country", choices=CHOICES, default="A&B", widget=LongSelect())
    usual = SelectField("Country", choices=CHOICES, default="A&B", widget=Select())


def test_a_long_list_is_written_as_any_other():
    form = Both()
    assert str(form.long()) == str(form.usual()).replace("usual", "long")
