"""Under which name are the room's pages registered? One blueprint, filled by the view files."""

from flask import Blueprint

from relief.cases.routes import event_words

blueprint = Blueprint("transcripts", __name__)
blueprint.context_processor(lambda: {"event_words": event_words})  # for the case in short, beside the form
