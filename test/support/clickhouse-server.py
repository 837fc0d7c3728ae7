"""Runs clickhouse-local out of libchdb where no C compiler is present: clickhouse-server.py LIBRARY ARGUMENT..."""

import ctypes
import sys


class Result(ctypes.Structure):
    _fields_ = [
        ("text", ctypes.c_void_p),
        ("length", ctypes.c_size_t),
        ("owner", ctypes.c_void_p),
        ("seconds", ctypes.c_double),
        ("rows", ctypes.c_ulong),
        ("bytes", ctypes.c_ulong),
        ("error", ctypes.c_char_p),
    ]


run = ctypes.CDLL(sys.argv[1], mode=ctypes.RTLD_GLOBAL).chdb_query_cmdline
run.restype = ctypes.POINTER(Result)
run.argtypes = [ctypes.c_int, ctypes.POINTER(ctypes.c_char_p)]
arguments = [b"clickhouse"] + [argument.encode() for argument in sys.argv[2:]]
result = run(len(arguments), (ctypes.c_char_p * (len(arguments) + 1))(*arguments, None))
if result and result.contents.error:
    sys.exit(result.contents.error.decode(errors="replace"))
