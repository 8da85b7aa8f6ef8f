"""The pages of an audit up to the end of stage 2."""
