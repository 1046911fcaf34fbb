"""A formula as a sentence for people, in several languages from one source."""

from skyaccord.memorandum.sentences.languages import LANGUAGES
from skyaccord.memorandum.sentences.sentence import sentence

__all__ = ["LANGUAGES", "sentence"]
