"""Sits at a terminal in front of a program: answers its questions, and tells what could be seen.

Reads JSON from standard input: {"command": [...], "steps": [{"expect": text, "type": text}, ...]}. Each
step waits until the terminal shows the text, then types. Writes JSON: {"shown": everything that the
terminal showed, "exit": code, "seen": [what other programs saw of the command line at each step],
"echo": [whether the terminal showed what was typed then]}.
"""
import json
import os
import pty
import select
import sys
import termios
import time

PATIENCE = 60

task = json.load(sys.stdin)
child, terminal = pty.fork()
if child == 0:
    os.execv(task["command"][0], task["command"])

shown = b""


def read(deadline):
    """Reads what the terminal shows next; False once nothing more can come."""
    global shown
    ready, _, _ = select.select([terminal], [], [], max(deadline - time.monotonic(), 0))
    if not ready:
        sys.exit(f"the terminal shows nothing more after: {shown!r}")
    try:
        data = os.read(terminal, 65536)
    except OSError:
        return False
    shown += data
    return bool(data)


def echoes():
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def command_line():
    with open(f"/proc/{child}/cmdline", "rb") as file:
        return file.read().replace(b"\0", b" ").decode()


seen, echo, start = [], [], 0
for step in task["steps"]:
    wanted = step["expect"].encode()
    deadline = time.monotonic() + PATIENCE
    while wanted not in shown[start:]:
        if not read(deadline):
            sys.exit(f"the program ended before it showed {wanted!r}: {shown!r}")
    start = shown.index(wanted, start) + len(wanted)
    seen.append(command_line())
    echo.append(echoes())
    os.write(terminal, step["type"].encode())

deadline = time.monotonic() + PATIENCE
while read(deadline):
    pass
_, status = os.waitpid(child, 0)
json.dump(
    {
        "shown": shown.decode(errors="replace"),
        "exit": os.waitstatus_to_exitcode(status),
        "seen": seen,
        "echo": echo,
    },
    sys.stdout,
)
