package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the post-processor puts around a text.
 *
 * @param start how many special tokens go before one
 * @param single how many go around one
 * @param pair how many go around and between two
 * @param tokens which tokens these are
 */
record PostProcessor(int start, int single, int pair, Set<String> tokens) {

    private static final PostProcessor NONE = new PostProcessor(0, 0, 0, Set.of());

    static PostProcessor read(@Nullable JsonElement element) {
        if (element == null) {
            return NONE;
        }
        Fields fields = Fields.of("post_processor", element);
        return switch (fields.text("type")) {
            case "TemplateProcessing" -> template(fields);
            case "BertProcessing" -> new PostProcessor(1, 2, 3, frame(fields));
            case "RobertaProcessing" -> new PostProcessor(1, 2, 4, frame(fields));
            case "ByteLevel" -> NONE;
            case "Sequence" ->
                fields.list("processors").stream()
                        .map(part -> read(part.json()))
                        .reduce(NONE, PostProcessor::and);
            default -> throw Unreadable.unsupported("post_processor", fields.text("type"));
        };
    }

    private PostProcessor and(PostProcessor other) {
        Set<String> all = new HashSet<>(tokens);
        all.addAll(other.tokens);
        return new PostProcessor(start + other.start, single + other.single, pair + other.pair, all);
    }

    private static Set<String> frame(Fields fields) {
        Set<String> tokens = new HashSet<>();
        tokens.add(fields.required("sep").getAsJsonArray().get(0).getAsString());
        tokens.add(fields.required("cls").getAsJsonArray().get(0).getAsString());
        return tokens;
    }

    private static PostProcessor template(Fields fields) {
        JsonObject specials = fields.required("special_tokens").getAsJsonObject();
        List<JsonElement> single = fields.required("single").getAsJsonArray().asList();
        List<JsonElement> start =
                single.stream().takeWhile(PostProcessor::isSpecial).toList();
        // The library leaves a pair bare whose template nobody wrote; here it is framed as one text is.
        List<JsonElement> between = fields.required("pair").getAsJsonArray().asList().stream()
                .dropWhile(PostProcessor::isSpecial)
                .skip(1)
                .takeWhile(PostProcessor::isSpecial)
                .toList();
        int around = count(single, specials);
        return new PostProcessor(count(start, specials), around, around + count(between, specials), specials.keySet());
    }

    private static boolean isSpecial(JsonElement part) {
        return part.getAsJsonObject().has("SpecialToken");
    }

    private static int count(List<JsonElement> template, JsonObject specials) {
        int count = 0;
        for (JsonElement part : template) {
            if (isSpecial(part)) {
                String id = part.getAsJsonObject()
                        .getAsJsonObject("SpecialToken")
                        .get("id")
                        .getAsString();
                count += specials.getAsJsonObject(id).getAsJsonArray("ids").size();
            }
        }
        return count;
    }
}
