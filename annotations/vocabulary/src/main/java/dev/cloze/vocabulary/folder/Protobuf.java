package dev.cloze.vocabulary.folder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;

/**
 * Goes through the fields of one protobuf message; whoever reads it takes those it knows and skips the others.
 *
 * <p>A SentencePiece model needs no more of the <a href="https://protobuf.dev/programming-guides/encoding/">format</a>,
 * and so no library; docs/adr/0010 has the reasons. A length is held against the bytes that are there before anything is
 * made of it.
 */
final class Protobuf {

    // How a field is written: the lowest three bits of its tag.
    static final int VARINT = 0;
    private static final int FIXED64 = 1;
    static final int DELIMITED = 2;
    static final int FIXED32 = 5;

    private final ByteBuffer bytes;
    private int tag;

    private Protobuf(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    static Protobuf of(byte[] message) {
        return new Protobuf(ByteBuffer.wrap(message));
    }

    /** Goes on to the next field; false at the end of the message. */
    boolean next() throws DataFormatException {
        if (!bytes.hasRemaining()) {
            return false;
        }
        tag = (int) varint();
        return true;
    }

    /** The number of the present field, shifted by three, and how it is written. */
    int tag() {
        return tag;
    }

    long varint() throws DataFormatException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = require(1).get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new DataFormatException("a number in it has no end");
    }

    float float32() throws DataFormatException {
        return require(Float.BYTES).getFloat();
    }

    Protobuf message() throws DataFormatException {
        return new Protobuf(delimited());
    }

    byte[] bytes() throws DataFormatException {
        ByteBuffer content = delimited();
        byte[] copy = new byte[content.remaining()];
        content.get(copy);
        return copy;
    }

    String text() throws DataFormatException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(delimited()).toString();
        } catch (CharacterCodingException e) {
            throw new DataFormatException("a text in it is not UTF-8");
        }
    }

    void skip() throws DataFormatException {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED64 -> take(Long.BYTES);
            case DELIMITED -> delimited();
            case FIXED32 -> take(Integer.BYTES);
            default -> throw new DataFormatException("it is not a SentencePiece model");
        }
    }

    private ByteBuffer delimited() throws DataFormatException {
        return take(varint());
    }

    /** The next bytes, without a copy. */
    private ByteBuffer take(long length) throws DataFormatException {
        ByteBuffer taken = require(length).slice(bytes.position(), (int) length);
        bytes.position(bytes.position() + (int) length);
        return taken;
    }

    private ByteBuffer require(long length) throws DataFormatException {
        if (length < 0 || length > bytes.remaining()) {
            throw new DataFormatException("it is cut short, or not a SentencePiece model");
        }
        return bytes;
    }
}
