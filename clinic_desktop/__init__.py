"""Clinic Desktop: runs the day of a small ketamine and Spravato clinic."""
