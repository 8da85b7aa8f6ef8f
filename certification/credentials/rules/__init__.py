"""Credentials without a database: signatures, DIDs, bit strings, and what the standards want to read."""
