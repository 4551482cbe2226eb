package dev.cloze.processor.vocabulary;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.Reader;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The two lines of a {@code config.json} the compiler needs. */
record ModelConfig(Optional<String> modelType, OptionalInt longestInput) {

    static final ModelConfig UNKNOWN = new ModelConfig(Optional.empty(), OptionalInt.empty());

    /** Models whose position ids begin after that of the padding token. */
    private static final Set<String> COUNT_FROM_PADDING = Set.of("roberta", "xlm-roberta", "camembert");

    /** @throws JsonParseException when it is no JSON object */
    static ModelConfig read(Reader json) {
        if (!(JsonParser.parseReader(json) instanceof JsonObject config)) {
            throw new JsonParseException("config.json is no JSON object");
        }
        Optional<String> type = Optional.ofNullable(config.get("model_type"))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString);
        return new ModelConfig(type, longestInput(config, type.orElse("")));
    }

    private static OptionalInt longestInput(JsonObject config, String type) {
        OptionalInt positions = number(config, "max_position_embeddings");
        if (positions.isPresent() && COUNT_FROM_PADDING.contains(type)) {
            int first = number(config, "pad_token_id").orElse(1) + 1;
            return OptionalInt.of(positions.getAsInt() - first);
        }
        return positions;
    }

    private static OptionalInt number(JsonObject config, String name) {
        return config.get(name) instanceof com.google.gson.JsonPrimitive value && value.isNumber()
                ? OptionalInt.of(value.getAsInt())
                : OptionalInt.empty();
    }
}
