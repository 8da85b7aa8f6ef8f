"""Keys, credentials, status lists, and verifying."""

from certification.credentials.services.keys import rotate, rotate_by_command, sign

__all__ = ["rotate", "rotate_by_command", "sign"]
