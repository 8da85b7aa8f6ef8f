"""Messages to other people's machines: signed, tried again, and shown with what became of each."""
