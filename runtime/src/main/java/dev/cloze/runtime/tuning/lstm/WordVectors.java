package dev.cloze.runtime.tuning.lstm;

import dev.cloze.runtime.training.DataHash;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Vectors of words in lower case, in the order of their file.
 *
 * @param size numbers of a vector; 0 where there are none
 * @param byWord the first of those that are alike in lower case
 */
record WordVectors(int size, Map<String, float[]> byWord) {

    /** No vectors. */
    static final WordVectors NONE = new WordVectors(0, Map.of());

    WordVectors {
        byWord = Collections.unmodifiableMap(new LinkedHashMap<>(byWord));
    }

    /** The hash of words and numbers, in hexadecimal digits. */
    String hash() {
        DataHash hash = new DataHash();
        byWord.forEach((word, vector) -> {
            hash.add(word);
            int[] bits = new int[vector.length];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = Float.floatToIntBits(vector[i]);
            }
            hash.add(bits);
        });
        return hash.hex();
    }
}
