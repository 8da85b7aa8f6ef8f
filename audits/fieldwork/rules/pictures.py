"""A picture without what the camera wrote into it: place, time, device, owner. Not one pixel is touched."""

from __future__ import annotations

import struct

PNG = b"\x89PNG\r\n\x1a\n"
# What is needed to show a PNG as it is meant; text, time and EXIF chunks go.
PNG_KEPT = frozenset(
    [
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"pHYs",
        b"sBIT",
        b"bKGD",
    ]
)
_APP0, _APP1, _APP2, _APP14, _APP15, _COM, _SOS, _EOI = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE, 0xDA, 0xD9
_ORIENTATION = 0x0112


def without_metadata(data: bytes) -> bytes | None:
    """The same picture without metadata; None when there is none in it, it is no JPEG or PNG, or cannot be read."""
    try:
        if data.startswith(b"\xff\xd8\xff"):
            clean = _clean_jpeg(data)
        elif data.startswith(PNG):
            clean = _clean_png(data)
        else:
            return None
    except (struct.error, IndexError, ValueError):
        return None
    return clean if clean != data else None


def _clean_png(data: bytes) -> bytes:
    kept = [PNG]
    place = len(PNG)
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind = data[place + 4 : place + 8]
        end = place + 12 + length
        if end > len(data):
            raise ValueError("a chunk is cut off")
        if kind in PNG_KEPT:
            kept.append(data[place:end])
        place = end
        if kind == b"IEND":
            break  # what somebody hid behind the end of the picture goes too
    return b"".join(kept)


def _clean_jpeg(data: bytes) -> bytes:
    kept = [data[:2]]
    place = 2
    while True:
        if data[place] != 0xFF:
            raise ValueError("a marker was expected")
        kind = data[place + 1]
        if kind == _EOI:  # what somebody hid behind the end of the picture goes too
            return b"".join([*kept, data[place : place + 2]])
        if kind == 0xFF:  # fill byte
            place += 1
            continue
        (length,) = struct.unpack(">H", data[place + 2 : place + 4])
        end = place + 2 + length
        if kind == _SOS:
            end = _end_of_scan(data, end)
        segment = data[place:end]
        if kind == _APP1:
            kept.append(_turned(segment))
        elif _keeps(kind, segment):
            kept.append(segment)
        place = end


def _end_of_scan(data: bytes, place: int) -> int:
    """Where the next marker after a scan's own data stands; stuffed bytes and restarts belong to the scan."""
    while True:
        place = data.index(b"\xff", place)
        after = data[place + 1]
        if after != 0 and not 0xD0 <= after <= 0xD7 and after != 0xFF:
            return place
        place += 1 if after == 0xFF else 2


def _keeps(kind: int, segment: bytes) -> bool:
    """Frames, tables, JFIF, colour profile and Adobe's colour word stay; other application data and comments go."""
    if kind == _APP2:
        return segment[4:16] == b"ICC_PROFILE\x00"
    return kind in (_APP0, _APP14) or not (_APP1 <= kind <= _APP15 or kind == _COM)


def _turned(segment: bytes) -> bytes:
    """An EXIF segment that says nothing but which way is up; empty when it is up already or no EXIF."""
    if segment[4:10] != b"Exif\x00\x00":
        return b""
    tiff = segment[10:]
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = struct.unpack(order + "I", tiff[4:8])
    (count,) = struct.unpack(order + "H", tiff[first : first + 2])
    for index in range(count):
        at = first + 2 + 12 * index
        tag, kind = struct.unpack(order + "HH", tiff[at : at + 4])
        if tag == _ORIENTATION and kind == 3:
            (way,) = struct.unpack(order + "H", tiff[at + 8 : at + 10])
            return _only_orientation(way) if 2 <= way <= 8 else b""
    return b""


def _only_orientation(way: int) -> bytes:
    body = b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + struct.pack("<HHHIHHI", 1, _ORIENTATION, 3, 1, way, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
