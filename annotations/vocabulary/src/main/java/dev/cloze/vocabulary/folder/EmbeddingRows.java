package dev.cloze.vocabulary.folder;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.OptionalInt;

/** Whether each id of a tokenizer has its row in the model's embedding; rows without an id do no harm. */
public final class EmbeddingRows {

    private static final String KEY = "vocab_size";

    private EmbeddingRows() {}

    /** The rows that a {@code config.json} gives the embedding; nothing where it does not say it. */
    public static OptionalInt of(JsonObject config) {
        try {
            return config.get(KEY) instanceof JsonPrimitive rows && rows.isNumber()
                    ? OptionalInt.of(rows.getAsInt())
                    : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty(); // a number that is none says nothing; whoever opens the model says so
        }
    }

    /**
     * Refuses a tokenizer with more ids than there are rows; {@link TokenizerFolder#tokenizer()} has left out those of special
     * tokens that no text needs.
     *
     * @param model its name, for the message
     * @param ids one more than the highest id of the tokenizer
     * @throws ClozeException TOKENIZER_TOO_LARGE, with both numbers
     */
    public static void require(String model, JsonObject config, int ids) {
        OptionalInt rows = of(config);
        if (rows.isPresent() && ids > rows.getAsInt()) {
            throw new ClozeException(
                    Problem.TOKENIZER_TOO_LARGE, """
                    The tokenizer of %s has %d ids, but its embedding has %d rows (vocab_size of config.json).
                      Tokens without a row: %d. A text with one of them could not be read.
                      Either the tokenizer belongs to another model, or tokens were added to it and the model was not made
                      larger: model.resize_token_embeddings(len(tokenizer)) does that in Python.""".formatted(model, ids, rows.getAsInt(), ids - rows.getAsInt()));
        }
    }
}
