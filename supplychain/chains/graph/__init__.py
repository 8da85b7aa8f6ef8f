"""A graph of dated links in arrays: reach with paths, circles, longest ways. Numpy and machine code, no database."""

from supplychain.chains.graph.csr import OPEN, Graph, Walk

__all__ = ["OPEN", "Graph", "Walk"]
