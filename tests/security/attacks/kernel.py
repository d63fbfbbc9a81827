"""Doors of the kernel beside the obvious ones, and lifting what was laid down."""

# ruff: noqa: E501 - an attack is easier to read in one line
from __future__ import annotations

from tests.security.attacks.attack import Attack, plain, raw

_CODE = "b'\\xb8\\x2a\\x00\\x00\\x00\\xc3' if machine() is X86_64 else b'\\x40\\x05\\x80\\x52\\xc0\\x03\\x5f\\xd6'"
"""return 42"""

ATTACKS = (
    Attack("io_uring", raw("return syscall('io_uring_setup', 8, ctypes.byref((ctypes.c_uint32 * 30)())) >= 0"),
           "claimed"),
    Attack("bpf", raw("return syscall('bpf', 0, ctypes.byref((ctypes.c_uint32 * 32)(2, 4, 4, 1)), 72) >= 0"),
           "claimed"),
    Attack("perf_event_open", raw("""
attributes = (ctypes.c_uint32 * 32)(1, 128)
return syscall('perf_event_open', ctypes.byref(attributes), 0, -1, -1, 0) >= 0"""), "claimed"),
    Attack("userfaultfd", raw("return syscall('userfaultfd', 1) >= 0"), "claimed"),
    Attack("new namespaces", raw("return syscall('unshare', 0x10000000) == 0"), "claimed"),
    Attack("mount", raw("return syscall('mount', b'none', b'@LOOT@', b'tmpfs', 0, 0) == 0"), "claimed",
           only_behind_seccomp=True),
    Attack("fsopen", raw("return syscall('fsopen', b'tmpfs', 0) >= 0"), "claimed"),
    Attack("chroot", raw("return syscall('chroot', b'/tmp') == 0"), "claimed"),
    Attack("become root again", raw("return syscall('setuid', 0) == 0"), "claimed"),
    Attack("raise the limits", raw("""
new = (ctypes.c_uint64 * 2)(2**40, 2**40)
return syscall('prlimit64', 0, 9, ctypes.byref(new), 0) == 0"""), "claimed"),
    Attack("limit the grader", raw("""
new = (ctypes.c_uint64 * 2)(1000, 1000)
return syscall('prlimit64', @GRADER@, 4, ctypes.byref(new), 0) == 0"""), "claimed"),
    Attack("a key in the keyring", raw("return syscall('add_key', b'user', b'a', b'x', 1, -3) > 0"), "claimed"),
    Attack("shared memory", raw("return syscall('shmget', 0, 4096, 0o1600) >= 0"), "claimed"),
    Attack("a message queue", raw("return syscall('msgget', 0, 0o1600) >= 0"), "claimed"),
    Attack("personality", raw("return syscall('personality', 0x0400000) >= 0"), "claimed"),
    Attack("another seccomp filter", raw("""
program = (ctypes.c_uint64 * 2)(1, ctypes.addressof((ctypes.c_uint64 * 1)(0x7fff000000000006)))
return syscall('seccomp', 1, 0, ctypes.byref(program)) == 0"""), "claimed"),
    Attack("executable memory by mmap", raw(f"""
address = libc().syscall
address.restype = ctypes.c_void_p
page = syscall('mmap', 0, 4096, 7, 0x22, -1, 0)
if page is None or page > 2**63:
    return 0
ctypes.memmove(page, {_CODE}, 8 if machine() is not X86_64 else 6)
return ctypes.CFUNCTYPE(ctypes.c_int)(page)() == 42"""), "claimed"),
    Attack("executable memory by mprotect", raw(f"""
libc().syscall.restype = ctypes.c_void_p
page = syscall('mmap', 0, 4096, 3, 0x22, -1, 0)
ctypes.memmove(page, {_CODE}, 8 if machine() is not X86_64 else 6)
if syscall('mprotect', page, 4096, 5):
    return 0
return ctypes.CFUNCTYPE(ctypes.c_int)(page)() == 42"""), "claimed"),
    Attack("executable memory by pkey_mprotect", raw("""
libc().syscall.restype = ctypes.c_void_p
page = syscall('mmap', 0, 4096, 3, 0x22, -1, 0)
return not syscall('pkey_mprotect', page, 4096, 5, -1)"""), "claimed"),
    Attack("x32 calls", raw("""
fd = libc().syscall(ctypes.c_long(0x40000000 | 2), b'@SECRET@', 0)
return fd >= 0 and __import__('os').read(fd, 100).decode()"""), "token"),
    Attack("high bits in a call's number", raw("""
fd = libc().syscall(ctypes.c_long((1 << 32) | NUMBERS['openat'][0]), ctypes.c_long(-100), b'@SECRET@', 0)
return fd >= 0 and __import__('os').read(fd, 100).decode()"""), "token"),
    Attack("inotify", raw("return syscall('inotify_init1', 0) >= 0"), "claimed"),
    Attack("a timer of its own", raw("""
made = ctypes.c_int()
return syscall('timer_create', 1, 0, ctypes.byref(made)) == 0"""), "claimed"),
    Attack("new pipes", plain("return os.pipe()"), "claimed"),
    Attack("ctypes opens a library", plain("""
import ctypes
return ctypes.CDLL('libm.so.6').cos is not None"""), "claimed"),
    Attack("existence of files", raw("""
buffer = (ctypes.c_char * 256)()
return syscall('statx', -100, b'@SECRET@', 0, 0x7ff, ctypes.byref(buffer)) == 0"""), "claimed"),
)  # fmt: skip
