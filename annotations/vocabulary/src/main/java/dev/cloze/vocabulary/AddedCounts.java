package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/** How many special tokens the post-processor puts around one segment, and around and between two. */
record AddedCounts(int single, int pair) {

    private static final AddedCounts NONE = new AddedCounts(0, 0);

    static AddedCounts read(@Nullable JsonElement element) {
        if (element == null) {
            return NONE;
        }
        Fields fields = Fields.of("post_processor", element);
        return switch (fields.text("type")) {
            case "TemplateProcessing" -> new AddedCounts(count(fields, "single"), count(fields, "pair"));
            case "BertProcessing" -> new AddedCounts(2, 3);
            case "RobertaProcessing" -> new AddedCounts(2, 4);
            case "ByteLevel" -> NONE;
            case "Sequence" ->
                fields.list("processors").stream()
                        .map(part -> read(part.json()))
                        .reduce(NONE, (a, b) -> new AddedCounts(a.single + b.single, a.pair + b.pair));
            default -> throw Unreadable.unsupported("post_processor", fields.text("type"));
        };
    }

    private static int count(Fields template, String name) {
        JsonObject specials = template.required("special_tokens").getAsJsonObject();
        int count = 0;
        for (JsonElement part : template.required(name).getAsJsonArray()) {
            JsonElement special = part.getAsJsonObject().get("SpecialToken");
            if (special != null) {
                String id = special.getAsJsonObject().get("id").getAsString();
                count += specials.getAsJsonObject(id).getAsJsonArray("ids").size();
            }
        }
        return count;
    }
}
