package dev.cloze.cli.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** How pages are compressed, by libraries for each: the format's own codecs are Hadoop's. */
final class Codecs implements CompressionCodecFactory {

    /** Raises what is said of a page that can't be read. */
    private interface Bytes {
        byte[] of(byte[] compressed, int size) throws IOException;
    }

    private static final Map<CompressionCodecName, Bytes> READ = Map.of(
            CompressionCodecName.UNCOMPRESSED, (bytes, size) -> bytes,
            CompressionCodecName.SNAPPY, (bytes, size) -> Snappy.uncompress(bytes),
            CompressionCodecName.GZIP, (bytes, size) -> unzipped(bytes, size),
            CompressionCodecName.ZSTD, Codecs::ofZstandard);

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        Bytes read = READ.get(name);
        if (read == null) {
            throw new UnsupportedOperationException("it is compressed by " + name
                    + ", which is not read here; let it be written with snappy, zstd, gzip or without compression");
        }
        return new Decompressor(read);
    }

    /** Snappy alone is written: every tool reads it. */
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        return new Compressor();
    }

    @Override
    public void release() {}

    private static byte[] unzipped(byte[] bytes, int size) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readNBytes(size);
        }
    }

    private static byte[] ofZstandard(byte[] bytes, int size) throws IOException {
        try {
            return Zstd.decompress(bytes, size);
        } catch (ZstdException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private record Decompressor(Bytes read) implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            byte[] content = read.of(bytes.toByteArray(), size);
            if (content.length != size) {
                throw new IOException("a page of " + content.length + " bytes says that it has " + size);
            }
            return BytesInput.from(content);
        }

        @Override
        public void decompress(ByteBuffer input, int compressed, ByteBuffer output, int size) throws IOException {
            byte[] bytes = new byte[compressed];
            input.get(bytes);
            output.put(read.of(bytes, size));
        }

        @Override
        public void release() {}
    }

    private record Compressor() implements BytesInputCompressor {

        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            return BytesInput.from(Snappy.compress(bytes.toByteArray()));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.SNAPPY;
        }

        @Override
        public void release() {}
    }
}
