"""What is asked when a paper is taken off the file?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from relief.web.forms import Form, LongTextField, Needed


class RemoveForm(Form):
    """Why it goes, and where to go back to."""

    reason = LongTextField(_l("Why is it taken off?"), [Needed()], most=200)
    back = HiddenField()
