package dev.cloze.runtime.model;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tokens that end a text which a model writes: it learns to write the first of them, and stops at each. */
final class TextEnds {

    private static final Logger LOG = LoggerFactory.getLogger(TextEnds.class);

    private TextEnds() {}

    /**
     * Those of the model's configuration, or else the tokenizer's own, or else what that puts behind a text; none where none of
     * them says it.
     */
    static int[] of(Backbone backbone, Tokenizer tokenizer) {
        int vocabulary = backbone.shape().vocabularySize();
        return Stream.of(
                        configured(backbone),
                        tokenizer.textEnd().stream().toArray(),
                        tokenizer.special().end())
                .map(ids -> Arrays.stream(ids).filter(id -> id < vocabulary).toArray())
                .filter(ids -> ids.length > 0)
                .findFirst()
                .orElseGet(() -> new int[0]);
    }

    /** Warns of tokens that the model doesn't have: a config.json that was made of another model's often names that one's. */
    static void reportUnknown(String model, Backbone backbone) {
        int vocabulary = backbone.shape().vocabularySize();
        int[] unknown = IntStream.of(configured(backbone))
                .filter(id -> id >= vocabulary)
                .toArray();
        if (unknown.length > 0) {
            LOG.warn(
                    "{}: eos_token_id names {}, but the model has only the tokens 0 to {}, so that no text ends there.",
                    model,
                    Arrays.toString(unknown),
                    vocabulary - 1);
        }
    }

    private static int[] configured(Backbone backbone) {
        return backbone instanceof TextBackbone text ? text.endTokens() : new int[0];
    }
}
