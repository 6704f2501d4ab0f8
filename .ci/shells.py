"""What a shell makes of a line when somebody presses Tab: `shells.py SHELL`, with udfplan on the path and an empty HOME but for jobs/nightly.yaml and 'two words.yaml'."""
import os
import pty
import re
import select
import subprocess
import sys
import time

# The line as it is typed, and what it has become once Tab was pressed; each has one completion only.
LINES = [
    ("udfplan expla", "udfplan explain "),
    ("udfplan compile --launch", "udfplan compile --launch-order "),
    ("udfplan compile -o markd", "udfplan compile -o markdown "),
    ("udfplan check -q -o sar", "udfplan check -q -o sarif "),
    ("udfplan compile --output=markd", "udfplan compile --output=markdown "),
    ("udfplan capacity --flink-version 1.2", "udfplan capacity --flink-version 1.20 "),
    ("udfplan rules worker-mem", "udfplan rules worker-memory "),
    ("udfplan check --severity worker-memory=warn", "udfplan check --severity worker-memory=warning "),
    ("udfplan compile --mode ba", "udfplan compile --mode batch "),
    ("udfplan compile jobs/nigh", "udfplan compile jobs/nightly.yaml "),
    ("udfplan check --limits jobs/nigh", "udfplan check --limits jobs/nightly.yaml "),
    ("udfplan check --limits=jobs/nigh", "udfplan check --limits=jobs/nightly.yaml "),
    ("udfplan check --output-file sarif=jobs/nigh", "udfplan check --output-file sarif=jobs/nightly.yaml "),
    ("udfplan compile jobs/nightly.yaml two\\ wo", "udfplan compile jobs/nightly.yaml two words.yaml "),
    ("udfplan compile 'two words.yaml' -o markd", "udfplan compile two words.yaml -o markdown "),
    ("udfplan completion zs", "udfplan completion zsh "),
]

SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "bind 'set bell-style none'; PS1='READY '; source <(udfplan completion bash)"),
    "zsh": (["zsh", "-f", "-i"], "unsetopt beep promptsp; PS1='READY '; autoload -U compinit; compinit -u; source <(udfplan completion zsh)"),
    "fish": (["fish", "--no-config", "-i"], "function fish_prompt; printf 'READY '; end; set -g fish_autosuggestion_enabled 0; udfplan completion fish | source"),
}


class Terminal:
    """A shell in a terminal of its own."""

    def __init__(self, arguments):
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.chdir(os.environ["HOME"])
            os.environ.update(TERM="xterm", COLUMNS="200", LINES="50")
            os.execvp(arguments[0], arguments)

    def write(self, text):
        os.write(self.file, text.encode())

    def read(self, quiet, most=20.0):
        """What it prints until it has been quiet for so long, without what only moves the cursor or colours."""
        out, end = b"", time.time() + most
        while time.time() < end:
            ready, _, _ = select.select([self.file], [], [], quiet)
            if not ready:
                break
            try:
                more = os.read(self.file, 65536)
            except OSError:
                break
            if not more:
                break
            out += more
            if b"\x1b[c" in more or b"\x1b[0c" in more:  # it asks what kind of terminal this is
                self.write("\x1b[?6c")
        text = out.decode(errors="replace")
        return re.sub(r"\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[\[?(>=][0-9;?]*[ -/]*[@-~]|\x1b[=>]|\r|\x07", "", text)


def complete(terminal, line, quiet):
    """The line once Tab was pressed: an echo of its words says what it has become."""
    terminal.write("\x15" + line + "\t")
    terminal.read(quiet)
    terminal.write("\x01echo '<<<' \x05 '>>>'\n")  # to its beginning, and to its end
    found = re.findall(r"^<<< (.*?) ?>>>$", terminal.read(quiet), re.M)
    return found[-1] if found else ""


def main():
    name = sys.argv[1]
    arguments, setup = SHELLS[name]
    terminal = Terminal(arguments)
    terminal.read(1.0)
    terminal.write(setup + "\n")
    terminal.read(1.0)
    wrong = []
    for line, want in LINES:
        for quiet in (0.3, 1.0, 3.0):  # a machine that is busy takes longer to say something
            got = complete(terminal, line, quiet)
            if got == want.strip():
                break
        else:
            wrong.append("%s: %r became %r, want %r" % (name, line, got, want))
    terminal.write("\x15exit\n")
    version = subprocess.run([name, "--version"], capture_output=True, text=True).stdout.splitlines()[0]
    print("\n".join(wrong) if wrong else "%s: %d lines completed (%s)" % (name, len(LINES), version))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
