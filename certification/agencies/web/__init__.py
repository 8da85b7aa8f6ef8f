"""The pages of an agency: reading it, and enrolling it step by step."""
