"""How much of everything a file may ask for; the caller fills these from the settings."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024

FIRST_BYTES = 8192
"""How many bytes from the start of a file the cheap checks look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds of the gate. Sizes in bytes, times in seconds.

    The container limits must stay below clamd's own (MaxFiles, MaxFileSize, MaxScanSize), so that
    nothing the gate accepts is skipped by the scanner.
    """

    max_bytes: int = 100 * MEGABYTE
    """Largest upload."""
    name_length: int = 200
    """Longest file name, in characters."""
    members: int = 2_000
    """Parts in an Office or OpenDocument file."""
    ratio: int = 100
    """Unpacked size over packed size, of the whole file and of every part over 1 MB."""
    unpacked_bytes: int = 200 * MEGABYTE
    """All parts together, unpacked."""
    member_bytes: int = 100 * MEGABYTE
    """One part, unpacked."""
    xml_bytes: int = 64 * MEGABYTE
    """One XML part, unpacked; these are held in memory."""
    pdf_objects: int = 400_000
    """Objects in a PDF."""
    pixels: int = 64_000_000
    """Width times height of a picture."""
    seconds: float = 30.0
    """Wall-clock time of one file."""
    cpu_seconds: int = 20
    """Processor time of one file; the kernel kills the child after it."""
    memory_bytes: int = 512 * MEGABYTE
    """Address space of the child process."""
