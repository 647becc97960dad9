"""Arguments to app."""

import sys
from collections.abc import Sequence

from clinic_desktop import arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Start the window, or carry out one command. Returns the exit status."""
    options = arguments.parse(sys.argv[1:] if argv is None else argv)
    if options.command:
        from clinic_desktop import cli  # noqa: PLC0415 - the window needs no command

        return cli.run(options)
    from clinic_desktop import app  # noqa: PLC0415 - a command needs no Qt

    return app.run(options)


if __name__ == "__main__":
    sys.exit(main())
