"""What is typed when money is announced, received, or taken back?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from relief.web.forms import DayField, Form, LongTextField, MoneyField, Needed, TextField


class MoneyInForm(Form):
    """An announcement or a receipt: amount, the document behind it, its day."""

    amount = MoneyField(_l("Amount (yuan)"), [Needed()])
    document_number = TextField(_l("Number of the document"), [Needed()], most=80)
    on = DayField(_l("Day of the document"), [Needed()])
    note = TextField(_l("Note"), most=200)


class OpeningForm(Form):
    """What a fund has from the time before: announced and not used up, of it received, and the document."""

    announced = MoneyField(_l("Announced and not used up (yuan)"), [Needed()])
    received = MoneyField(_l("Of it received and not paid out (yuan)"))
    document_number = TextField(_l("Number of the document"), [Needed()], most=80)
    on = DayField(_l("Day of the document"), [Needed()])
    note = TextField(_l("Note"), most=190)


class ReverseForm(Form):
    """Why a line is taken back."""

    note = LongTextField(_l("What was wrong"), [Needed()], most=200)
