"""Whose figures they are: an employer's own, and nobody else's."""

KINDS = ("employer",)
