"""What an employer does to its chain."""

from supplychain.chains.services.writing import add_link, add_party

__all__ = ["add_link", "add_party"]
