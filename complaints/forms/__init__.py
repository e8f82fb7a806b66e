"""Forms of petitions: how one comes in, and what each step asks."""
