"""What a kit is made of and how it is merged: pure questions about plain values."""
