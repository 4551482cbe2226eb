package dev.cloze.vocabulary;

import com.google.gson.JsonObject;
import dev.cloze.annotations.syntax.SpecialTokenSpaces;
import dev.cloze.problem.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that a {@code tokenizer.json} lists beside its model's: the special tokens a template can write by name.
 *
 * <p>Words added after training are among them: some models have the marks of their chats there.
 */
public final class AddedTokens implements SpecialTokenSpaces {

    /** No tokens. */
    public static final AddedTokens NONE = new AddedTokens(Map.of(), Set.of(), false);

    private static final int SUGGESTIONS = 3;

    private record Token(int id, boolean takesSpaceBefore, boolean takesSpaceBehind) {}

    private final Map<String, Token> tokens;
    private final Set<String> starts;
    private final boolean textBeginsBehind;

    private AddedTokens(Map<String, Token> tokens, Set<String> starts, boolean textBeginsBehind) {
        this.tokens = tokens;
        this.starts = starts;
        this.textBeginsBehind = textBeginsBehind;
    }

    /** Those of this file, which is left as it is. */
    public static AddedTokens of(JsonObject tokenizerJson) {
        Fields file = Fields.of("the file", tokenizerJson);
        Map<String, Token> tokens = new LinkedHashMap<>();
        if (file.get("added_tokens") != null) {
            for (Fields token : file.list("added_tokens")) {
                tokens.put(
                        token.text("content"),
                        new Token(
                                token.required("id").getAsInt(),
                                token.flag("lstrip", false),
                                token.flag("rstrip", false)));
            }
        }
        Set<String> starts = file.get("post_processor") instanceof JsonObject part ? starts(part) : Set.of();
        return new AddedTokens(
                tokens, starts, file.get("normalizer") instanceof JsonObject part && marksEveryText(part));
    }

    /** A mark that the normalizer puts before a text is put before each stretch between two special tokens. */
    private static boolean marksEveryText(JsonObject normalizer) {
        Fields part = Fields.of("normalizer", normalizer);
        return part.text("type", "").equals("Prepend")
                || (part.get("normalizers") != null
                        && part.list("normalizers").stream().map(Fields::json).anyMatch(AddedTokens::marksEveryText));
    }

    /** The token that the post-processor puts before every text, if it is one. */
    private static Set<String> starts(JsonObject postProcessor) {
        Fields part = Fields.of("post_processor", postProcessor);
        return switch (part.text("type")) {
            case "BertProcessing", "RobertaProcessing" ->
                Set.of(part.required("cls").getAsJsonArray().get(0).getAsString());
            case "TemplateProcessing" -> {
                JsonObject first = part.list("single").get(0).json();
                yield first.get("SpecialToken") instanceof JsonObject token
                        ? Set.of(token.get("id").getAsString())
                        : Set.of();
            }
            case "Sequence" ->
                part.list("processors").stream()
                        .flatMap(one -> starts(one.json()).stream())
                        .collect(Collectors.toUnmodifiableSet());
            default -> Set.of();
        };
    }

    /** Whether this is what the tokenizer begins every text with, so that a template that opens with it has it once. */
    public boolean isStart(String token) {
        return starts.contains(token);
    }

    /** The id of a token; nothing where there is none of this name. */
    public OptionalInt id(String token) {
        Token found = tokens.get(token);
        return found == null ? OptionalInt.empty() : OptionalInt.of(found.id());
    }

    /** A line that names the tokens most like this one, to be read when there is none of this name. */
    public String suggestion(String token) {
        List<String> nearest = NearestName.nearest(token, tokens.keySet(), SUGGESTIONS);
        return nearest.isEmpty()
                ? "It has no special tokens that could be written."
                : "The nearest it has: \"" + String.join("\", \"", nearest) + "\".";
    }

    /** A text between two of the tokens, null where there is none, without the white space that belongs to them. */
    public String between(@Nullable String before, String text, @Nullable String behind) {
        return Characters.strip(
                text, before != null && takesSpaceBehind(before), behind != null && takesSpaceBefore(behind));
    }

    @Override
    public boolean takesSpaceBefore(String token) {
        Token found = tokens.get(token);
        return found != null && found.takesSpaceBefore();
    }

    @Override
    public boolean takesSpaceBehind(String token) {
        Token found = tokens.get(token);
        return found != null && found.takesSpaceBehind();
    }

    @Override
    public boolean textBeginsBehind() {
        return textBeginsBehind;
    }
}
