"""What ./dev does: sets up, serves, checks and tests. Standard library only; it runs before anything is installed."""
