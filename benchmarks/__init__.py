"""What is measured, with the floor it is measured against."""
