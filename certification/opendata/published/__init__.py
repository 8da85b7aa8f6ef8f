"""Programs that are given away: each a single file that needs nothing but Python."""
