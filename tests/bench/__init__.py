"""Measurements against what a user would pick instead; run by `./dev bench NAME`."""
