"""Pages of the desks: where the day starts, the scheme's desk, the trace, the public statistics."""
