"""Reading patients out of another system's list. Nothing here writes: it ends in a preview."""
