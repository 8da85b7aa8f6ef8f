"""The pages of fieldwork."""
