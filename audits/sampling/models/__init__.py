"""Lists, samples drawn from them, and who opened a name."""

from .frames import Frame, FrameDraft, FrameMember, FrameVersion
from .samples import IdentityOpened, Replacement, Sample, SampleMember, SampleStratum, StratumRaise

__all__ = [
    "Frame",
    "FrameDraft",
    "FrameMember",
    "FrameVersion",
    "IdentityOpened",
    "Replacement",
    "Sample",
    "SampleMember",
    "SampleStratum",
    "StratumRaise",
]
