"""What is written down about registers, and how their lists are read. Pure: no database."""
