"""What is kept of an application."""

from .application import LONGEST_TEXT, Application
from .case import ApplicationSequence, CaseAccess, CaseNote
from .deferral import Deferral, DeferralFlag
from .letter import Letter, LetterFile

__all__ = [
    "LONGEST_TEXT",
    "Application",
    "ApplicationSequence",
    "CaseAccess",
    "CaseNote",
    "Deferral",
    "DeferralFlag",
    "Letter",
    "LetterFile",
]
