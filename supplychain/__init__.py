"""What employers do with it: lookups, screenings, chains."""
