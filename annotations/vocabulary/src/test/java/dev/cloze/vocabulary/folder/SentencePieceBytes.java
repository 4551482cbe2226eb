package dev.cloze.vocabulary.folder;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the bytes of a SentencePiece model, whole or not. */
final class SentencePieceBytes {

    static final int UNKNOWN = 2;
    static final int CONTROL = 3;
    static final int USER_DEFINED = 4;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A model of the pieces that each has at least, then whatever is added. */
    static SentencePieceBytes t5(String... pieces) {
        SentencePieceBytes model = new SentencePieceBytes()
                .piece("<pad>", 0, CONTROL)
                .piece("</s>", 0, CONTROL)
                .piece("<unk>", 0, UNKNOWN)
                .piece("▁", -2, 1);
        for (String piece : pieces) {
            model.piece(piece, -3, 1);
        }
        return model;
    }

    SentencePieceBytes piece(String text, float score, int type) {
        byte[] scoreBytes = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(score)
                .array();
        SentencePieceBytes piece = new SentencePieceBytes()
                .delimited(1, text.getBytes(StandardCharsets.UTF_8))
                .varint(2 << 3 | 5);
        piece.bytes.writeBytes(scoreBytes);
        return delimited(1, piece.number(3, type).toByteArray());
    }

    /** The last two messages of a model. */
    byte[] ended(int modelType, int unknownId) {
        return delimited(
                        2,
                        new SentencePieceBytes()
                                .number(3, modelType)
                                .number(40, unknownId)
                                .toByteArray())
                .delimited(3, new byte[0])
                .toByteArray();
    }

    SentencePieceBytes delimited(int field, byte[] content) {
        varint((long) field << 3 | 2).varint(content.length).bytes.writeBytes(content);
        return this;
    }

    SentencePieceBytes number(int field, long value) {
        return varint((long) field << 3).varint(value);
    }

    SentencePieceBytes varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return this;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
