"""A verdict that was not earned."""

# ruff: noqa: E501 - an attack is easier to read in one line
from __future__ import annotations

from tests.security.attacks.attack import Attack, plain

_WALK = """
def everything():
    seen, todo = set(), list(gc.get_objects())
    frame = sys._getframe()
    while frame is not None:
        todo += list(frame.f_locals.values()) + list(frame.f_globals.values())
        frame = frame.f_back
    return todo
"""

ATTACKS = (
    Attack("walk the frames", plain("""
frame = sys._getframe()
names = []
while frame is not None:
    names += [value for name, value in frame.f_locals.items() if 'expect' in name or 'right' in name]
    frame = frame.f_back
return names[-1] if names else 0.0"""), "correct"),
    Attack("search all objects", plain(_WALK + """
arrays = [a for a in everything() if type(a) is np.ndarray and a.shape == x.shape and a is not x]
return arrays[-1] if arrays else x"""), "correct"),
    Attack("search all strings for the secret", plain(_WALK + """
return [text[:200] for text in everything() if type(text) is str and 'QUIZDL-SECRET' in text][:1]"""),
           "token"),
    Attack("import the reference", plain("""
from quizdl import engine
return engine.softmax(x)"""), "correct"),
    Attack("import the grader", plain("""
import quizdl.grading.code.expected as expected
return True"""), "claimed"),
    Attack("forge a frame", plain("""
from quizdl.grading.code import wire
said = wire.frame(wire.join([wire.encode({'outcome': 'correct', 'score': 1.0, 'passed': True})]))
for fd in range(3, 64):
    try:
        os.write(fd, said)
    except OSError:
        pass
os._exit(0)"""), "correct"),
    Attack("forge a report", plain("""
from quizdl.grading.code import wire
call = {'raised': None, 'warned': [], 'lines': 0, 'refused': '', 'value': 0, 'after': -1, 'printed': 0}
program = {'defined': True, 'parameters': ['x'], 'raised': None, 'calls': [call] * 3, 'too_long': False,
           'line': 0, 'verdict': 'correct'}
head = wire.encode({'layers': [], 'programs': [program], 'verdict': 'correct'})
for fd in range(3, 64):
    try:
        os.write(fd, wire.frame(wire.join([head, wire.encode(x)])))
    except OSError:
        pass
os._exit(0)"""), "correct"),
    Attack("a frame before the frame", plain("""
from quizdl.grading.code import wire
for fd in range(3, 64):
    try:
        os.write(fd, wire.frame(wire.encode(None)))
    except OSError:
        pass
return x"""), "correct"),
    Attack("the text 'passed' on every pipe", plain("""
for fd in range(1, 64):
    try:
        os.write(fd, b'PASSED correct 1.0')
    except OSError:
        pass
os._exit(0)"""), "correct"),
    Attack("exit with success", plain("os._exit(0)"), "correct"),
    Attack("SystemExit", plain("raise SystemExit(0)"), "correct"),
    Attack("patch NumPy", plain("""
always = lambda *a, **k: True
for name in ('allclose', 'array_equal', 'isclose', 'all', 'abs', 'asarray'):
    setattr(np, name, always)
np.testing = None
return x"""), "correct"),
    Attack("patch the wire", plain("""
from quizdl.grading.code import wire
wire.encode = lambda value, **k: b'T'
return x"""), "correct"),
    Attack("patch the worker", plain("""
frame = sys._getframe()
while frame is not None:
    run = frame.f_locals.get('self')
    if hasattr(run, 'send'):
        run.programs[-1]['verdict'] = 'correct'
        run.parts.append(b'T')
    frame = frame.f_back
return x"""), "correct"),
    Attack("an object equal to everything", plain("""
class Any:
    def __eq__(self, other):
        return True
    __array_priority__ = 1e9
    def __array__(self, *a, **k):
        return np.zeros(3)
    def __sub__(self, other):
        return 0
    __rsub__ = __sub__
return Any()"""), "correct"),
    Attack("an array equal to everything", plain("""
class Any(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, bool)
    def __sub__(self, other):
        return np.zeros(self.shape)
    __rsub__ = __sub__
    def __array_ufunc__(self, *a, **k):
        return np.zeros(self.shape)
return x.view(Any)"""), "correct"),
    Attack("a float equal to everything", plain("""
class Any(float):
    def __eq__(self, other):
        return True
    def __sub__(self, other):
        return 0.0
    __rsub__ = __sub__
return [Any(), Any(), Any()]"""), "correct"),
    Attack("a lie about its class", plain("""
class Any:
    __class__ = np.ndarray
    dtype, shape, ndim = np.dtype(float), x.shape, 1
    def tobytes(self):
        return bytes(24)
return Any()"""), "correct"),
    Attack("NaN everywhere", plain("return np.full(x.shape, np.nan)"), "correct"),
    Attack("infinity everywhere", plain("return np.full(x.shape, np.inf)"), "correct"),
    Attack("an object array", plain("return np.array([None] * len(x), dtype=object)"), "correct"),
    Attack("nothing at all", plain("return np.empty((0,))"), "correct"),
    Attack("its input", plain("return x"), "correct"),
    Attack("at exit", plain("""
import atexit
atexit.register(lambda: open('@LOOT@/exit', 'w').write('x'))
return x"""), "loot"),
    Attack("when deleted", plain("""
class Last:
    def __del__(self):
        open('@LOOT@/deleted', 'w').write('x')
sys.modules['last'] = Last()
return x"""), "loot"),
    Attack("commands for the terminal", plain("print('\\x1b]0;QUIZDL-OWNED\\x07\\x1b[2J')\nreturn x"), "correct"),
)  # fmt: skip
