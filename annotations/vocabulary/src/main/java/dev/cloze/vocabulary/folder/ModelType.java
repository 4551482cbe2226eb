package dev.cloze.vocabulary.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What kind of model a {@code config.json} is of, as the compiler and the runtime both read it. */
public final class ModelType {

    /** {@code BertForMaskedLM}, {@code GPT2LMHeadModel}, {@code T5WithLMHeadModel}: the class of the whole model. */
    private static final Pattern CLASS =
            Pattern.compile("(\\w+?)(?:For[A-Z]\\w*|(?:With)?LMHeadModel|DoubleHeadsModel|EncoderModel|Model)");

    private ModelType() {}

    /**
     * The {@code model_type}; where there is none, as in files from before transformers wrote it, that of the first of
     * the {@code architectures}: {@code BertForMaskedLM} is {@code bert}. Nothing where neither says it.
     */
    public static Optional<String> of(JsonObject config) {
        return text(config.get("model_type")).or(() -> architecture(config.get("architectures")));
    }

    private static Optional<String> architecture(JsonElement architectures) {
        if (!(architectures instanceof JsonArray names) || names.isEmpty()) {
            return Optional.empty();
        }
        return text(names.get(0)).map(CLASS::matcher).filter(Matcher::matches).map(match -> type(match.group(1)));
    }

    private static String type(String family) {
        String type = family.toLowerCase(Locale.ROOT);
        return type.equals("xlmroberta") ? "xlm-roberta" : type;
    }

    private static Optional<String> text(JsonElement value) {
        return Optional.ofNullable(value)
                .filter(JsonElement::isJsonPrimitive)
                .filter(text -> text.getAsJsonPrimitive().isString())
                .map(JsonElement::getAsString)
                .filter(text -> !text.isEmpty());
    }
}
