"""What is checked by software that nobody here wrote. `./dev conformance` runs it whole, `./dev test` a share."""
