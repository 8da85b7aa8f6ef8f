"""Pages: who may not decide, decisions that wait for votes, appeals."""
