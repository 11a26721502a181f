#!/usr/bin/env python3
"""open-review.py ATTEST PROJECT: opens the screen of review on a terminal, and leaves it as soon as it shows."""
import fcntl
import os
import pty
import struct
import sys
import termios

attest, project = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    os.environ["TERM"] = "xterm"
    os.execv(attest, ["attest", "--project", project, "review"])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
shown = b""
while b" decided (" not in shown:
    shown += os.read(terminal, 65536)
os.write(terminal, b"q")
try:
    while os.read(terminal, 65536):
        pass
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
