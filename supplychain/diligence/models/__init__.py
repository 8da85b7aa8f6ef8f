"""What an employer decides, whom it nominates, how it sees its six steps, and who asked it what."""

from supplychain.diligence.models.decision import Condition, Decision, NumberSequence, Settings
from supplychain.diligence.models.nomination import Nomination, Nominee
from supplychain.diligence.models.request import InformationRequest, RequestMessage, RequestPaper
from supplychain.diligence.models.step import StepNote

__all__ = [
    "Condition",
    "Decision",
    "InformationRequest",
    "Nomination",
    "Nominee",
    "NumberSequence",
    "RequestMessage",
    "RequestPaper",
    "Settings",
    "StepNote",
]
