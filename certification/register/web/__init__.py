"""Pages without sign-in: search, one agency, verify."""
