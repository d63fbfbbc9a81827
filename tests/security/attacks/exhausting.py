"""Time, memory, output."""

# ruff: noqa: E501 - an attack is easier to read in one line
from __future__ import annotations

from tests.security.attacks.attack import Attack, plain, raw

ATTACKS = (
    Attack("endless loop", plain("while True:\n    pass"), "late"),
    Attack("endless loop that swallows everything", plain("""
while True:
    try:
        while True:
            pass
    except BaseException:
        pass"""), "late"),
    Attack("10**10**8", plain("return 10**10**8"), "late"),
    Attack("a loop in C", plain("return sum(map(int, iter(int, 1)))"), "late"),
    Attack("a loop in C that never looks up", plain("""
import itertools
return max(itertools.repeat(0))"""), "late"),
    Attack("a regular expression", plain("import re\nreturn re.match('(a+)+$', 'a' * 60 + 'b')"), "late"),
    Attack("sleep", plain("time.sleep(60)"), "late"),
    Attack("SIGTERM ignored", plain("""
import signal
for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGXCPU, signal.SIGINT):
    try:
        signal.signal(number, signal.SIG_IGN)
    except OSError:
        pass
while True:
    pass"""), "late"),
    Attack("all clocks stopped", plain("""
import faulthandler, signal
faulthandler.cancel_dump_traceback_later()
try:
    signal.setitimer(signal.ITIMER_REAL, 0)
except OSError:
    pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True:
    time.sleep(1)"""), "late"),
    Attack("the clock patched", plain("""
time.monotonic = lambda: 0.0
import faulthandler
faulthandler.cancel_dump_traceback_later()
while True:
    pass"""), "late"),
    Attack("stops itself", plain("os.kill(os.getpid(), 19)"), "late"),
    Attack("closes its pipes", plain("os.closerange(0, 256)\nwhile True:\n    pass"), "late"),
    Attack("closes its pipes and daemonises", plain("""
if os.fork():
    os._exit(0)
os.closerange(0, 256)
time.sleep(8)"""), "stray"),
    Attack("huge array", plain("return np.ones(10**11).shape[0]"), "claimed"),
    Attack("memory, array by array", plain("""
kept = [np.zeros(1 << 22) for _ in range(24)]
return len(kept)"""), "claimed"),
    Attack("memory by lists", plain("""
kept = []
for _ in range(700):
    kept.append(bytes(1 << 20))
return len(kept)"""), "claimed"),
    Attack("memory by mmap", raw("""
libc().syscall.restype = ctypes.c_void_p
got = [syscall('mmap', 0, 1 << 27, 3, 0x22, -1, 0) for _ in range(12)]
return sum(address is not None and address < 2**63 for address in got) == 12"""), "claimed"),
    Attack("memory that is never reserved", raw("""
libc().syscall.restype = ctypes.c_void_p
page = syscall('mmap', 0, 1 << 32, 3, 0x4022, -1, 0)
return page is not None and page < 2**63"""), "claimed"),
    Attack("endless recursion", plain("""
sys.setrecursionlimit(10**9)
def deeper(n):
    return deeper(n + 1)
return deeper(0)"""), "late"),
    Attack("print without end", plain("while True:\n    print('x' * 10_000)"), "flood"),
    Attack("descriptor 1 without end", plain("while True:\n    os.write(1, b'x' * 10_000)"), "flood"),
    Attack("a flood of results", plain("""
while True:
    for fd in range(3, 64):
        try:
            os.write(fd, b'x' * 1_000_000)
        except OSError:
            pass"""), "late"),
    Attack("a result of gigabytes", plain("return np.broadcast_to(np.zeros(1), (10**10,))"), "claimed"),
    Attack("an endless source", "x = " + "(" * 20_000 + "1" + ")" * 20_000 + "\ndef attack(x): return 0", "late"),
    Attack("a string that never ends", plain("""
class Slow(Exception):
    def __str__(self):
        while True:
            pass
raise Slow"""), "late"),
)  # fmt: skip
