"""What stands beside the board while somebody books: a visit, a course, a driver, a cancellation."""
