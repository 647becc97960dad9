"""Alarms of the window: watched whatever place is shown."""
