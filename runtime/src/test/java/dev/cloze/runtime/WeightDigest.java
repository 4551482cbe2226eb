package dev.cloze.runtime;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.WeightSlot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;

/** A digest of a model's weights: of names and bytes, in the order of the names, so that tensors that changed places are others. */
public final class WeightDigest {

    private WeightDigest() {}

    /** The digest at the moment, of every bit. */
    public static String of(Backbone backbone) {
        MessageDigest digest = sha256();
        backbone.weights().entrySet().stream()
                .sorted(Comparator.comparing(weight -> name(weight.getKey())))
                .forEach(weight -> {
                    digest.update(name(weight.getKey()).getBytes(StandardCharsets.UTF_8));
                    digest.update(weight.getValue().toByteBuffer());
                });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String name(WeightSlot slot) {
        return String.join(" ", slot.parts());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
