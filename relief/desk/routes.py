"""Under which name are the desk's pages registered? One blueprint, filled by the view files; the menu stands on all."""

from __future__ import annotations

from flask import Blueprint

from relief.desk import menu

blueprint = Blueprint("desk", __name__)
blueprint.app_context_processor(menu.known_to_templates)
