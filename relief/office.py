"""Whose installation is this? The office's name, its prefix in numbers, its telephone, its address on the net."""

from __future__ import annotations

from typing import cast

from flask import current_app

from relief.config import Settings


def office() -> Settings:
    """The settings of this installation."""
    return cast(Settings, current_app.extensions["relief"])


def office_prefix() -> str:
    """What every number of the office begins with, e.g. XLGH."""
    return office().office_prefix
