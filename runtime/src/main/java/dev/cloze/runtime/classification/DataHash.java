package dev.cloze.runtime.classification;

import dev.cloze.runtime.template.EncodedText;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 of a training set as the model reads it. */
final class DataHash {

    private DataHash() {}

    static String of(List<EncodedText> texts, int[] labels) {
        MessageDigest digest = sha256();
        for (int i = 0; i < labels.length; i++) {
            EncodedText text = texts.get(i);
            ByteBuffer bytes = ByteBuffer.allocate(4 * (2 + 2 * text.length()));
            bytes.putInt(labels[i]).putInt(text.length());
            for (int t = 0; t < text.length(); t++) {
                bytes.putInt(text.ids()[t]).putInt(text.segmentIds()[t]);
            }
            digest.update(bytes.array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
