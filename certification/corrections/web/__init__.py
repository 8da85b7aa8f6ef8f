"""Pages: the public form and the sender's way back, the scheme's desk, the authorities' notices."""
