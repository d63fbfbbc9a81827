"""Files, sockets, processes, signals and memory of others."""

# ruff: noqa: E501 - an attack is easier to read in one line
from __future__ import annotations

from tests.security.attacks.attack import Attack, plain, raw

FILES = (
    Attack("open a secret", plain("return open('@SECRET@').read()"), "token"),
    Attack("os.open a secret", plain("return os.read(os.open('@SECRET@', 0), 100).decode()"), "token"),
    Attack("np.fromfile", plain("return np.fromfile('@SECRET@', dtype='u1').tobytes().decode()"), "token"),
    Attack("np.memmap", plain("return bytes(np.memmap('@SECRET@', mode='r')).decode()"), "token"),
    Attack("write a file", plain("open('@LOOT@/a', 'w').write('x')"), "loot"),
    Attack("np.save", plain("np.save('@LOOT@/a.npy', np.ones(3))"), "loot"),
    Attack("fill the disk", plain("f = open('@LOOT@/big', 'wb')\nf.write(bytes(4 << 20))\nf.flush()"), "loot"),
    Attack("list a directory", plain("return os.listdir('/')"), "claimed"),
    Attack("delete a file", plain("os.remove('@SECRET@')"), "loot"),
    Attack("openat by system call", raw("""
fd = syscall('openat', -100, b'@SECRET@', 0)
import os
return os.read(fd, 100).decode() if fd >= 0 else None"""), "token"),
    Attack("openat2 by system call", raw("""
import os
how = (ctypes.c_uint64 * 3)(0, 0, 0)
fd = syscall('openat2', -100, b'@SECRET@', ctypes.byref(how), 24)
return os.read(fd, 100).decode() if fd >= 0 else None"""), "token"),
    Attack("truncate by system call", raw("syscall('truncate', b'@SECRET@', 0)"), "loot"),
    Attack("unlinkat by system call", raw("syscall('unlinkat', -100, b'@SECRET@', 0)"), "loot"),
    Attack("mkdirat by system call", raw("syscall('mkdirat', -100, b'@LOOT@/d', 0o777)"), "loot"),
    Attack("symlinkat by system call", raw("syscall('symlinkat', b'/etc', -100, b'@LOOT@/l')"), "loot"),
    Attack("inherited descriptors", plain("""
said = b''
for fd in range(3, 256):
    try:
        said += os.pread(fd, 200, 0)
    except OSError:
        pass
return said.decode('latin-1')"""), "token"),
    Attack("the grader's descriptors in /proc", plain("""
said = ''
for fd in os.listdir('/proc/@GRADER@/fd'):
    try:
        said += open(f'/proc/@GRADER@/fd/{fd}', errors='replace').read(200) if int(fd) > 9 else ''
    except OSError:
        pass
return said[:5000]"""), "token"),
    Attack("the grader's environment in /proc", plain("return 'PATH' in open('/proc/@GRADER@/environ').read()"),
           "claimed"),
    Attack("its own environment", plain("return str(dict(os.environ)) + str(sys.orig_argv)"), "token"),
    Attack("standard input", plain("return sys.__stdin__.read()"), "token"),
)  # fmt: skip

SOCKETS = (
    Attack("connect to a port", raw("""
fd = syscall('socket', 2, 1, 0)
address = bytes([2, 0]) + (@PORT@).to_bytes(2, 'big') + bytes([127, 0, 0, 1]) + bytes(8)
syscall('connect', fd, address, 16)"""), "connected"),
    Attack("connect to a socket file", raw("""
fd = syscall('socket', 1, 1, 0)
address = bytes([1, 0]) + b'@UNIX@'.ljust(108, bytes(1))
syscall('connect', fd, address, 110)"""), "connected"),
    Attack("connect to an abstract socket", raw("""
fd = syscall('socket', 1, 1, 0)
name = bytes([1, 0, 0]) + b'@ABSTRACT@'
syscall('connect', fd, name, len(name))"""), "connected"),
    Attack("listen on a port", raw("""
fd = syscall('socket', 2, 1, 0)
return syscall('bind', fd, bytes([2, 0, 0, 0, 127, 0, 0, 1]) + bytes(8), 16) == 0"""), "claimed"),
    Attack("a netlink socket", raw("return syscall('socket', 16, 3, 0) >= 0"), "claimed"),
    Attack("import socket", plain("import socket\nsocket.create_connection(('127.0.0.1', @PORT@))"),
           "connected"),
)  # fmt: skip

PROCESSES = (
    Attack("os.system", plain("os.system('echo x > @LOOT@/shell')"), "loot"),
    Attack("os.execv", plain("os.execv('/bin/sh', ['sh', '-c', 'echo x > @LOOT@/shell'])"), "loot"),
    Attack("os.posix_spawn", plain("""
pid = os.posix_spawn('/bin/sh', ['sh', '-c', 'echo x > @LOOT@/shell'], {})
os.waitpid(pid, 0)"""), "loot"),
    Attack("_posixsubprocess", plain("""
import _posixsubprocess
return _posixsubprocess.fork_exec"""), "claimed"),
    Attack("memfd and execveat", raw("""
import os
fd = syscall('memfd_create', b'a', 0)
return fd >= 0 and os.write(fd, b'#!/bin/sh') > 0"""), "claimed"),
    Attack("fork bomb", plain("""
for _ in range(20):
    if os.fork() == 0:
        time.sleep(8)
        os._exit(0)
return True"""), "claimed"),
    Attack("fork by system call", raw("""
import os, time
pid = syscall('clone', 17, 0, 0, 0, 0)
if pid == 0:
    time.sleep(0.1)
    os._exit(0)
return pid > 0"""), "claimed"),
    Attack("clone3 by system call", raw("""
import os
arguments = (ctypes.c_uint64 * 11)(0, 0, 0, 0, 17)
pid = syscall('clone3', ctypes.byref(arguments), 88)
if pid == 0:
    os._exit(0)
return pid > 0"""), "claimed"),
    Attack("a daemon", plain("""
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(8)
    os._exit(0)
time.sleep(0.3)"""), "stray"),
    Attack("thread bomb", plain("""
import _thread
count = 0
for _ in range(200):
    _thread.start_new_thread(time.sleep, (5,))
    count += 1
return count"""), "claimed"),
    Attack("signal the grader", plain("os.kill(@GRADER@, 10)"), "signalled"),
    Attack("signal by system call", raw("syscall('kill', @GRADER@, 10)"), "signalled"),
    Attack("tgkill", raw("syscall('tgkill', @GRADER@, @GRADER@, 10)"), "signalled"),
    Attack("pidfd_send_signal", raw("""
fd = syscall('pidfd_open', @GRADER@, 0)
syscall('pidfd_send_signal', fd, 10, 0, 0)"""), "signalled"),
    Attack("kill a bystander", plain("os.kill(@VICTIM@, 9)"), "signalled"),
    Attack("signal everybody", plain("os.kill(-1, 0)\nreturn True"), "claimed", only_behind_seccomp=True),
    Attack("ptrace a bystander", raw("return syscall('ptrace', 16, @VICTIM@, 0, 0) == 0"), "claimed"),
    Attack("let itself be traced", raw("return syscall('ptrace', 0, 0, 0, 0) == 0"), "claimed"),
    Attack("/proc/GRADER/mem", plain("""
with open('/proc/@GRADER@/mem', 'rb', 0) as memory:
    memory.seek(@ADDRESS@)
    return memory.read(@LENGTH@).decode()"""), "token"),
    Attack("process_vm_readv", raw("""
buffer = (ctypes.c_char * @LENGTH@)()
mine = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), @LENGTH@)
theirs = (ctypes.c_void_p * 2)(@ADDRESS@, @LENGTH@)
syscall('process_vm_readv', @GRADER@, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0)
return bytes(buffer).decode('latin-1')"""), "token"),
    Attack("pidfd_getfd", raw("""
fd = syscall('pidfd_open', @GRADER@, 0)
return any(syscall('pidfd_getfd', fd, number, 0) >= 0 for number in range(3, 30))"""), "claimed"),
)  # fmt: skip

ATTACKS = FILES + SOCKETS + PROCESSES
