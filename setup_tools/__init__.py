"""What run.py needs before anything is installed: the standard library and nothing else."""
