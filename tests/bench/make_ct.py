"""Makes a folder of invented CT images for measuring: 263 elements each, half of them private.

    make_ct.py FOLDER COUNT [--pixels N] [--implicit]    images of N × N pixels, 512 unless told otherwise
"""

import argparse
import pathlib
import struct

LONG_FORM = {"OB", "OW", "UN"}
PER_SERIES = 400


def element(group, number, vr, value, implicit=False):
    if isinstance(value, str):
        value = value.encode("latin-1")
    if len(value) % 2:
        value += b"\0" if vr in ("UI", "OB", "UN") else b" "
    if implicit:
        return struct.pack("<HHI", group, number, len(value)) + value
    head = struct.pack("<HH2s", group, number, vr.encode())
    return head + (struct.pack("<HI", 0, len(value)) if vr in LONG_FORM else struct.pack("<H", len(value))) + value


def series_elements(series):
    """What all images of a series share, by tag."""
    root = "1.2.826.0.1.3680043.8.498."
    values = {
        (0x0008, 0x0005): ("CS", "ISO_IR 100"), (0x0008, 0x0008): ("CS", "ORIGINAL\\PRIMARY\\AXIAL"),
        (0x0008, 0x0016): ("UI", "1.2.840.10008.5.1.4.1.1.2"), (0x0008, 0x0020): ("DA", "20190312"),
        (0x0008, 0x0021): ("DA", "20190312"), (0x0008, 0x0030): ("TM", "101500"),
        (0x0008, 0x0031): ("TM", "101700"), (0x0008, 0x0050): ("SH", "A123456"), (0x0008, 0x0060): ("CS", "CT"),
        (0x0008, 0x0070): ("LO", "ACME Medical"), (0x0008, 0x0080): ("LO", "General Hospital"),
        (0x0008, 0x0090): ("PN", "Smith^Anna"), (0x0008, 0x1030): ("LO", "CT Chest"),
        (0x0008, 0x103E): ("LO", f"Lung {series}"), (0x0010, 0x0010): ("PN", "Doe^Jane"),
        (0x0010, 0x0020): ("LO", "MRN0042"), (0x0010, 0x0030): ("DA", "19550131"), (0x0010, 0x0040): ("CS", "F"),
        (0x0010, 0x1010): ("AS", "064Y"), (0x0020, 0x000D): ("UI", root + "1"),
        (0x0020, 0x000E): ("UI", f"{root}{1000 + series}"), (0x0020, 0x0010): ("SH", "1"),
        (0x0020, 0x0011): ("IS", str(series + 1)), (0x0020, 0x0012): ("IS", "1"),
        (0x0020, 0x0037): ("DS", "1\\0\\0\\0\\1\\0"), (0x0020, 0x0052): ("UI", f"{root}{2000 + series}"),
        (0x0028, 0x0004): ("CS", "MONOCHROME2"), (0x0028, 0x0030): ("DS", "0.7\\0.7"),
        (0x0028, 0x1050): ("DS", "40"), (0x0028, 0x1051): ("DS", "400"), (0x0028, 0x1052): ("DS", "-1024"),
        (0x0028, 0x1053): ("DS", "1"),
    }
    for i in range(61):
        if i == 5:
            continue  # (0018,100A) is a sequence, which implicit VR does not hide: such files are not ordinary
        values[(0x0018, 0x1000 + 2 * i)] = ("LO", f"value {i}") if i % 3 else ("DS", f"{i * 1.5}")
    for i in range(12):
        values[(0x0040, 0x0240 + i)] = ("LO", f"step {i}")
    for group in (0x0009, 0x0019, 0x0043):
        values[(group, 0x0010)] = ("LO", f"ACME {group}")
    return values


def image_elements(shared, number, pixels):
    values = dict(shared)
    slice_number = number % PER_SERIES
    for tag, bits in ((0x0002, 1), (0x0010, pixels), (0x0011, pixels), (0x0100, 16), (0x0101, 12), (0x0102, 11),
                      (0x0103, 0)):
        values[(0x0028, tag)] = ("US", struct.pack("<H", bits))
    values[(0x0008, 0x0018)] = ("UI", f"1.2.826.0.1.3680043.8.498.9.{number}")
    values[(0x0008, 0x0032)] = ("TM", f"{100000 + slice_number}")
    values[(0x0008, 0x0033)] = ("TM", f"{100001 + slice_number}")
    values[(0x0020, 0x0013)] = ("IS", str(slice_number + 1))
    values[(0x0020, 0x0032)] = ("DS", f"-170\\-170\\{slice_number * 1.25}")
    values[(0x0020, 0x1041)] = ("DS", f"{slice_number * 1.25}")
    for i in range(262 - len(values)):
        vr = ("LO", "DS", "UN")[i // 3 % 3]
        text = f"{i * 2.25}" if vr == "DS" else f"slice {number} {i}" if i % 20 == 0 else f"private {i}"
        values[((0x0009, 0x0019, 0x0043)[i % 3], 0x1000 + i // 3)] = (vr, text)
    return values


def write_image(path, values, pixel_data, implicit):
    meta = (element(2, 0x0001, "OB", b"\0\1") + element(2, 0x0002, "UI", values[(0x0008, 0x0016)][1])
            + element(2, 0x0003, "UI", values[(0x0008, 0x0018)][1]) + element(2, 0x0010, "UI", "1.2.840.10008.1.2" if implicit else "1.2.840.10008.1.2.1")
            + element(2, 0x0012, "UI", "1.2.276.0.7230010.3.0.3.6.7"))
    body = b"".join(element(*tag, *values[tag], implicit) for tag in sorted(values))
    path.write_bytes(b"\0" * 128 + b"DICM" + element(2, 0, "UL", struct.pack("<I", len(meta))) + meta + body
                     + element(0x7FE0, 0x0010, "OW", pixel_data, implicit))


def make(folder, count, pixels=512, implicit=False):
    pixel_data = (bytes(range(256)) * (pixels * pixels * 2 // 256 + 1))[:pixels * pixels * 2]
    for number in range(count):
        series = number // PER_SERIES
        if number % PER_SERIES == 0:
            place = folder / f"series{series:03}"
            place.mkdir(parents=True, exist_ok=True)
            shared = series_elements(series)
        write_image(place / f"IM{number:06}.dcm", image_elements(shared, number, pixels), pixel_data, implicit)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--pixels", type=int, default=512)
    parser.add_argument("--implicit", action="store_true")
    options = parser.parse_args()
    make(options.folder, options.count, options.pixels, options.implicit)


if __name__ == "__main__":
    main()
