"""Small widgets that every screen is put together from. Each has an accessible name and works by keyboard."""
