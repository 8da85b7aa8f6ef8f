"""Pages of the self-assessment: thin, one selector or one service each."""
