"""Start the program."""

import sys


def main() -> int:
    sys.stdout.write("Clinic Desktop\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
