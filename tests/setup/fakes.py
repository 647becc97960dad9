"""Stand-ins for the machine that set-up works on."""

import io
import subprocess
from dataclasses import dataclass, field


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@dataclass
class Debian:
    """A Debian with some packages installed; apt-get installs what it knows of."""

    installed: set[str]
    provides: dict[str, str] = field(default_factory=dict)
    offered: set[str] = field(default_factory=set)
    reaches_servers: bool = True
    commands: list[list[str]] = field(default_factory=list)

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        self.commands.append(command)
        if command[0] == "dpkg-query":
            return subprocess.CompletedProcess(command, 0, self._listing())
        if not self.reaches_servers:
            return subprocess.CompletedProcess(command, 100, "Err:1 bookworm\n  Could not connect\n")
        if "install" in command:
            self.installed |= self.offered & set(command)
        return subprocess.CompletedProcess(command, 0, "")

    def _listing(self) -> str:
        lines = [f"ii \t{name}\t{self.provides.get(name, '')}" for name in sorted(self.installed)]
        return "\n".join(["rc \tremoved-but-configured\t", *lines, ""])
