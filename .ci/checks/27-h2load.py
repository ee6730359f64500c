"""Writes the gRPC frame of one ModelInfer request: one row for a model of two FP32 inputs.

Arguments: the model's name, the file to write.
"""

import struct
import sys


def field(number, payload):
    """Returns a length-delimited protobuf field."""
    size, length = len(payload), b""
    while size > 127:
        length += bytes([size & 127 | 128])
        size >>= 7
    return bytes([number << 3 | 2]) + length + bytes([size]) + payload


def tensor(name):
    return field(5, field(1, name.encode()) + field(2, b"FP32") + field(3, bytes([1, 1])))


message = (
    field(1, sys.argv[1].encode())
    + tensor("tenure")
    + tensor("monthly_charges")
    + field(7, struct.pack("<f", 12))
    + field(7, struct.pack("<f", 70))
)
with open(sys.argv[2], "wb") as out:
    out.write(b"\0" + struct.pack(">I", len(message)) + message)
