"""Pages and documents of credentials."""
