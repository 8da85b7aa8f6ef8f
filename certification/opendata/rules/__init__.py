"""Pure rules of open data: the Merkle tree, and what one line of the log says."""
