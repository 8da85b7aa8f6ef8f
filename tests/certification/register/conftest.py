"""The world of the certificates' tests, for the register's."""

from tests.certification.certificates.conftest import base, base_conditional, waiting, world

__all__ = ["base", "base_conditional", "waiting", "world"]
