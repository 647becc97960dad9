"""Arguments to app."""

import sys
from collections.abc import Sequence

from clinic_desktop import arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Start the window, or carry out one command. Returns the exit status."""
    options = arguments.parse(sys.argv[1:] if argv is None else argv)
    if options.command:
        # A command needs no Qt and the window no command: each loads only its own.
        from clinic_desktop import cli  # noqa: PLC0415 - see above

        return cli.run(options)
    from clinic_desktop import app  # noqa: PLC0415 - see above

    return app.run(options)


if __name__ == "__main__":
    sys.exit(main())
