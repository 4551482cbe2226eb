"""Makes the files of src/test/resources/parquet, by Arrow: python make_parquet.py (pyarrow 26.0.1)."""

import datetime
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = pathlib.Path(__file__).parent.parent / "resources" / "parquet"

ROWS = 7


def table():
    """Every kind of column that data sets have, with a null in each."""
    texts = [f"The {word} was fine, é 漢." for word in ("food", "film", "book", "room", "ride", "view", "song")]
    day = datetime.date(2026, 11, 27)
    return pa.table({
        "text": texts,
        "label": ["positive", "negative", "positive", None, "negative", "positive", "negative"],
        "stars": pa.array([5, 1, None, -3, 2**31 - 1, 0, 7], pa.int32()),
        "id": pa.array([2**62, 1, 2, 3, 4, 5, None], pa.int64()),
        "small": pa.array([255, 1, 2, 3, 4, 5, None], pa.uint8()),
        "share": pa.array([0.5, 1.25, None, 1e-7, 3.0, -2.5, 0.1], pa.float64()),
        "part": pa.array([0.5, 1.25, None, 0.1, 3.0, -2.5, 8.0], pa.float32()),
        "seen": [True, False, None, True, True, False, True],
        "price": pa.array([decimal.Decimal(p) if p else None for p in ("1.50", "-0.05", None, "99.99", "0.00", "7.00", "3.10")],
                          pa.decimal128(9, 2)),
        "day": [day, None] + [day + datetime.timedelta(days=i) for i in range(5)],
        "moment": pa.array([datetime.datetime(2026, 11, 27, 10, 30, 5, 250000)] + [None] * 6, pa.timestamp("us", tz="UTC")),
        "words": [["a", None, "b"], [], None, ["c"], ["d"], ["e"], ["f"]],
        "place": [{"city": "Bonn", "code": 53}, None, {"city": None, "code": 1}] + [None] * 4,
        "raw": pa.array([b"plain", b"\xff\xfe", None, b"", b"x", b"y", b"z"], pa.binary()),
    })


def main():
    FOLDER.mkdir(exist_ok=True)
    for codec in ("none", "snappy", "gzip", "zstd", "lz4"):
        # Groups of three rows, so that there are several.
        pq.write_table(table(), FOLDER / f"{codec}.parquet", compression=codec, row_group_size=3)
    pq.write_table(table(), FOLDER / "old.parquet", version="1.0", use_dictionary=False, compression="snappy",
                   use_deprecated_int96_timestamps=True)
    pq.write_table(table(), FOLDER / "new.parquet", data_page_version="2.0", compression="zstd")


if __name__ == "__main__":
    main()
