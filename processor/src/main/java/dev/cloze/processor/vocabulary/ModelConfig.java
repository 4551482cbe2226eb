package dev.cloze.processor.vocabulary;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.cloze.vocabulary.folder.EmbeddingRows;
import dev.cloze.vocabulary.folder.ModelType;
import java.io.Reader;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What the compiler needs of a {@code config.json}: the model's type, how much it reads, and the rows of its embedding. */
record ModelConfig(Optional<String> modelType, OptionalInt longestInput, OptionalInt rows) {

    static final ModelConfig UNKNOWN = new ModelConfig(Optional.empty(), OptionalInt.empty(), OptionalInt.empty());

    /** Models whose position ids begin after that of the padding token. */
    private static final Set<String> COUNT_FROM_PADDING = Set.of("roberta", "xlm-roberta", "camembert");

    private static final String GPT2 = "gpt2";
    private static final Set<String> QWEN = Set.of("qwen2", "qwen3");
    private static final int USUAL_WINDOW = 4096;
    private static final Set<String> T5 = Set.of("t5", "mt5", "umt5");

    /** What a T5 was trained with where the file does not say; a task may choose more, see {@link Backbone#longestInput(int)}. */
    private static final int USUAL_OF_T5 = 512;

    /** @throws JsonParseException when it is no JSON object */
    static ModelConfig read(Reader json) {
        if (!(JsonParser.parseReader(json) instanceof JsonObject config)) {
            throw new JsonParseException("config.json is no JSON object");
        }
        try {
            Optional<String> type = ModelType.of(config);
            return new ModelConfig(type, longestInput(config, type.orElse("")), EmbeddingRows.of(config));
        } catch (NumberFormatException e) {
            throw new JsonParseException("config.json has a number that is none: " + e.getMessage(), e);
        }
    }

    private static OptionalInt longestInput(JsonObject config, String type) {
        if (T5.contains(type)) {
            return OptionalInt.of(number(config, "n_positions").orElse(USUAL_OF_T5));
        }
        OptionalInt positions = number(config, "max_position_embeddings"); // another name for the other one
        if (type.equals(GPT2) && positions.isEmpty()) {
            positions = number(config, "n_positions");
        }
        if (positions.isPresent() && slides(config, type)) {
            return OptionalInt.of(Math.min(positions.getAsInt(), window(config, positions.getAsInt())));
        }
        if (positions.isPresent() && COUNT_FROM_PADDING.contains(type)) {
            int first = number(config, "pad_token_id").orElse(1) + 1;
            return OptionalInt.of(positions.getAsInt() - first);
        }
        return positions;
    }

    private static boolean slides(JsonObject config, String type) {
        boolean asked = config.get("use_sliding_window") instanceof JsonPrimitive use && use.getAsBoolean();
        return type.equals("mistral") || (QWEN.contains(type) && asked);
    }

    /** The runtime lets no text be longer than the window, within which it makes no difference; null is none. */
    private static int window(JsonObject config, int positions) {
        return config.has("sliding_window") ? number(config, "sliding_window").orElse(positions) : USUAL_WINDOW;
    }

    private static OptionalInt number(JsonObject config, String name) {
        return config.get(name) instanceof JsonPrimitive value && value.isNumber()
                ? OptionalInt.of(value.getAsInt())
                : OptionalInt.empty();
    }
}
