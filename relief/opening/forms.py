"""What is typed when past awards come in, or are taken back? A workbook; a reason."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from relief.web.forms import Form, LongTextField, Needed, UploadField


class AwardsForm(Form):
    """The workbook."""

    file = UploadField(_l("Workbook (.xlsx)"), [Needed(_l("Choose the workbook."))], most=1, accept=".xlsx")


class TakeBackForm(Form):
    """Why an import is undone."""

    why = LongTextField(_l("Why it is taken back"), [Needed()], most=200)
