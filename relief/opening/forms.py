"""What is typed when past awards come in? A workbook, nothing else."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from relief.web.forms import Form, Needed, UploadField


class AwardsForm(Form):
    """The workbook."""

    file = UploadField(_l("Workbook (.xlsx)"), [Needed(_l("Choose the workbook."))], most=1, accept=".xlsx")
