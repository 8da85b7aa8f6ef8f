"""Pages of lists and samples."""
