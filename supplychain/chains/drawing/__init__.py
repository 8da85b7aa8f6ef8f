"""How a chain is drawn: pure arithmetic on numbered nodes and links. Knows no database and no words."""

from supplychain.chains.drawing.folding import Folding, fold, keep_unclean, keep_with_ways, ways_to
from supplychain.chains.drawing.layers import Drawing, Line, draw, levels_of

__all__ = [
    "Drawing",
    "Folding",
    "Line",
    "draw",
    "fold",
    "keep_unclean",
    "keep_with_ways",
    "levels_of",
    "ways_to",
]
