"""Bitstring Status List 1.0: one bit for each credential, packed, so that asking for one tells nobody which."""

from __future__ import annotations

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable

SIZE = 131_072  # bits; the least the standard allows, so that one bit hides among many
MOST_BYTES = 16 * SIZE  # of a list that somebody hands us, unpacked


class WrongList(ValueError):
    """This is no status list."""


def pack(indexes: Iterable[int], size: int = SIZE) -> str:
    """The list with these bits set: gzip, then base64url with the multibase sign `u` before it. Bit 0 is leftmost."""
    data = bytearray(size // 8)
    for index in indexes:
        if not 0 <= index < size:
            raise WrongList(f"index {index} is outside the list")
        data[index // 8] |= 0x80 >> (index % 8)
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(data), 9, mtime=0)).rstrip(b"=").decode()


def unpack(text: str) -> bytes:
    """The bits of a list. Raises WrongList for what is none, too short, or unpacks to too much."""
    if not text.startswith("u"):
        raise WrongList("no multibase sign")
    try:
        packed = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
        reader = zlib.decompressobj(wbits=31)
        data = reader.decompress(packed, MOST_BYTES)
    except (ValueError, binascii.Error, zlib.error) as error:
        raise WrongList("not gzip in base64url") from error
    if reader.unconsumed_tail or not reader.eof:
        raise WrongList("too large or cut off")
    if len(data) * 8 < SIZE:
        raise WrongList("too short")
    return data


def bit(data: bytes, index: int) -> bool:
    """One bit, counted from the left. Raises WrongList outside the list."""
    if not 0 <= index < len(data) * 8:
        raise WrongList("index outside the list")
    return bool(data[index // 8] & (0x80 >> (index % 8)))
