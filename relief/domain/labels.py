"""What is a code called? A label is a sentence without parameters, found by the catalogue."""

from relief.domain.sentences import Sentence, sentence


def label(text: str) -> Sentence:
    """The English name of a code; the literal is a message id of the catalogue."""
    return sentence(text)
