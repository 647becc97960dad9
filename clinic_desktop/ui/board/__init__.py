"""The schedule board: where a receptionist lives."""
