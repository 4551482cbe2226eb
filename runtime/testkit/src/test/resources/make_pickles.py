"""Writes the corpus of pickles, fuzz/checkpoints: python make_pickles.py, no libraries needed."""
import io
import pathlib
import struct
import zipfile

FOLDER = pathlib.Path(__file__).parent / "fuzz" / "checkpoints"


def text(value):
    return b"X" + struct.pack("<I", len(value)) + value.encode()


def number(value):
    return b"\x8a\x08" + struct.pack("<q", value)


def storage(key, elements):
    return b"(" + text("storage") + b"ctorch\nFloatStorage\n" + text(key) + text("cpu") + number(elements) + b"tQ"


def tensor(offset, shape):
    return (b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage("0", 2) + number(offset) + shape + b"K\x01\x85\x89}tR")


def zipped(name, pickle):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as file:
        for entry, data in (("m/data.pkl", b"\x80\x02" + pickle + b"."), ("m/data/0", bytes(8))):
            file.writestr(zipfile.ZipInfo(entry, (2026, 1, 1, 0, 0, 0)), data)
    (FOLDER / name).write_bytes(content.getvalue())


def legacy(name, keys):
    def pickle(content):
        return b"\x80\x02" + content + b"."

    magic = b"\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19"
    saved = b"}" + text("w") + tensor(0, b"K\x02\x85") + b"s"
    (FOLDER / name).write_bytes(b"".join(map(pickle, (magic, b"M\xe9\x03", b"}", saved, keys))) + bytes(64))


DOUBLED = b"]q\x00" + b"]h\x00ah\x00aq\x00" * 60
FOLDER.mkdir(parents=True, exist_ok=True)
zipped("far-empty.bin", b"}" + text("w") + tensor(1 << 60, b"K\x00\x85") + b"s")
zipped("doubled-key.bin", DOUBLED + b"}h\x00K\x01s")
zipped("own-key.bin", b"}]q\x00h\x00aK\x01s")
zipped("tuples.bin", b"}" + text("w") + b")" + b"\x85" * 2000 + b"s")
zipped("handed-over.bin", b"](" + b"K\x01" * 1000 + b"e\x85q\x00ccollections\nOrderedDict\nq\x01" + b"h\x01h\x00R" * 1000)
legacy("own-list.bin", b"]]q\x00h\x00aa")
legacy("doubled-list.bin", DOUBLED + b"]h\x00a")
legacy("same-key.bin", b"](" + text("0") + b"q\x01" + b"h\x01" * 1000 + b"e")
