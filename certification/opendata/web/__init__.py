"""Pages and files for everybody."""
