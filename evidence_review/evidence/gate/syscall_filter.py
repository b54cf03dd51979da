"""A seccomp filter that takes system calls away from the parsing child.

It works without privileges and in containers, where bubblewrap often may not: no new files, no
sockets, no programs, no signals to others. A denied call fails with EPERM, which a parser meets as
an error, so the file counts as not checked. Numbers are from the kernel's own tables; on a machine
other than these two the other limits stand alone.
"""

import ctypes
import errno
import platform
import struct
from dataclasses import dataclass

_X86_64 = {
    "open": 2, "socket": 41, "connect": 42, "bind": 49, "socketpair": 53, "fork": 57, "vfork": 58,
    "execve": 59, "kill": 62, "truncate": 76, "rename": 82, "mkdir": 83, "creat": 85, "link": 86,
    "unlink": 87, "symlink": 88, "chmod": 90, "chown": 92, "lchown": 94, "ptrace": 101,
    "rt_sigqueueinfo": 129, "mknod": 133, "mount": 165, "tkill": 200, "keyctl": 250, "openat": 257,
    "mkdirat": 258, "mknodat": 259, "fchownat": 260, "unlinkat": 263, "renameat": 264,
    "linkat": 265, "symlinkat": 266, "fchmodat": 268, "unshare": 272, "utimensat": 280,
    "rt_tgsigqueueinfo": 297, "perf_event_open": 298, "setns": 308, "process_vm_readv": 310,
    "process_vm_writev": 311, "renameat2": 316, "bpf": 321, "execveat": 322, "userfaultfd": 323,
}  # fmt: skip
_AARCH64 = {
    "mknodat": 33, "mkdirat": 34, "unlinkat": 35, "symlinkat": 36, "linkat": 37, "renameat": 38,
    "mount": 40, "truncate": 45, "fchmodat": 53, "fchownat": 54, "openat": 56, "utimensat": 88,
    "unshare": 97, "ptrace": 117, "kill": 129, "tkill": 130, "rt_sigqueueinfo": 138, "socket": 198,
    "socketpair": 199, "bind": 200, "connect": 203, "keyctl": 219, "execve": 221,
    "rt_tgsigqueueinfo": 240, "perf_event_open": 241, "setns": 268, "process_vm_readv": 270,
    "process_vm_writev": 271, "renameat2": 276, "bpf": 280, "execveat": 281, "userfaultfd": 282,
}  # fmt: skip
_EVERYWHERE = {
    "pidfd_send_signal": 424, "io_uring_setup": 425, "pidfd_open": 434, "openat2": 437,
    "pidfd_getfd": 438,
}  # fmt: skip
_CLONE3 = 435


@dataclass(frozen=True, slots=True)
class _Machine:
    """An architecture: the kernel's word for it, its clone call, and the calls taken away."""

    architecture: int
    clone: int
    denied: dict[str, int]


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 56, _X86_64 | _EVERYWHERE),
    "aarch64": _Machine(0xC00000B7, 220, _AARCH64 | _EVERYWHERE),
}

_LOAD, _EQUAL, _AT_LEAST, _HAS_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_KILL, _FAIL, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_DENY, _UNKNOWN = _FAIL | errno.EPERM, _FAIL | errno.ENOSYS
_ARCHITECTURE_AT, _NUMBER_AT, _FIRST_ARGUMENT_AT = 4, 0, 16
_THREAD = 0x10000
_X32_CALLS = 0x40000000
_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _instruction(code: int, value: int, *, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _assemble(machine: _Machine, but: frozenset[str] = frozenset()) -> bytes:
    """The filter: another architecture's calls kill, the denied ones fail, the rest pass.

    ``clone`` passes for threads (a picture decoder starts one) and fails for processes. ``clone3``
    keeps its flags where a filter cannot look; told that it is unknown, the C library uses clone.
    """
    program = [
        _instruction(_LOAD, _ARCHITECTURE_AT),
        _instruction(_EQUAL, machine.architecture, if_true=1),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER_AT),
        _instruction(_AT_LEAST, _X32_CALLS, if_false=1),
        _instruction(_RETURN, _KILL),
    ]
    for number in (number for name, number in machine.denied.items() if name not in but):
        program += [_instruction(_EQUAL, number, if_false=1), _instruction(_RETURN, _DENY)]
    program += [
        _instruction(_EQUAL, _CLONE3, if_false=1),
        _instruction(_RETURN, _UNKNOWN),
        _instruction(_EQUAL, machine.clone, if_false=3),
        _instruction(_LOAD, _FIRST_ARGUMENT_AT),
        _instruction(_HAS_BIT, _THREAD, if_true=1),
        _instruction(_RETURN, _DENY),
        _instruction(_RETURN, _ALLOW),
    ]
    return b"".join(program)


_machine = _MACHINES.get(platform.machine())
_code = _assemble(_machine) if _machine else b""
_prctl = ctypes.CDLL(None).prctl
_prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)


def install_filter(*, but: frozenset[str] = frozenset()) -> bool:
    """Put the filter on this process for good; False where the system does not offer it.

    ``but`` names calls to leave. ``no_new_privs`` must have been set before.
    """
    if _machine is None:
        return False
    code = _assemble(_machine, but) if but else _code
    held = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.cast(held, ctypes.c_void_p))
    address = ctypes.addressof(program)
    return bool(_prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, address, 0, 0) == 0)
