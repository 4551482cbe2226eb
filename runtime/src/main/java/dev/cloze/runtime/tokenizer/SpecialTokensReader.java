package dev.cloze.runtime.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.vocabulary.folder.TokenizerFolder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a model's special tokens: the frame in the post-processor, mask and padding by their roles or usual names. */
final class SpecialTokensReader {

    private static final int[] NOTHING = {};

    private final TokenizerFolder folder;
    private final TokenNames names;

    private SpecialTokensReader(TokenizerFolder folder, TokenNames names) {
        this.folder = folder;
        this.names = names;
    }

    static SpecialTokens read(JsonObject tokenizer, TokenizerFolder folder, TokenNames names) {
        SpecialTokensReader reader = new SpecialTokensReader(folder, names);
        Frame frame = reader.frame(tokenizer.get("post_processor")).orElseGet(reader::frameOfRoles);
        return new SpecialTokens(
                reader.id("mask_token", "[MASK]", "<mask>").orElse(-1),
                reader.id("pad_token", "[PAD]", "<pad>")
                        .or(() -> reader.id("eos_token", "<|endoftext|>", "</s>"))
                        .orElse(0),
                frame.start,
                frame.between,
                frame.end,
                frame.secondHasType1);
    }

    private record Frame(int[] start, int[] between, int[] end, boolean secondHasType1) {}

    private Optional<Frame> frame(JsonElement element) {
        if (element == null || element.isJsonNull()) {
            return Optional.empty();
        }
        JsonObject processor = element.getAsJsonObject();
        return switch (processor.get("type").getAsString()) {
            case "TemplateProcessing" -> Optional.of(template(processor));
            case "BertProcessing" -> Optional.of(framed(processor, 1, true));
            case "RobertaProcessing" -> Optional.of(framed(processor, 2, false));
            case "Sequence" ->
                processor.getAsJsonArray("processors").asList().stream()
                        .flatMap(part -> frame(part).stream())
                        .filter(part -> part.start.length + part.end.length > 0)
                        .findFirst();
            default -> Optional.of(new Frame(NOTHING, NOTHING, NOTHING, false));
        };
    }

    private Frame framed(JsonObject processor, int separators, boolean secondHasType1) {
        int separator = processor.getAsJsonArray("sep").get(1).getAsInt();
        int[] start = {processor.getAsJsonArray("cls").get(1).getAsInt()};
        int[] between = separators == 1 ? new int[] {separator} : new int[] {separator, separator};
        return new Frame(start, between, new int[] {separator}, secondHasType1);
    }

    /** Special tokens, A and special tokens are one text's template; what stands between two is said by that of a pair. */
    private Frame template(JsonObject processor) {
        JsonObject specials = processor.getAsJsonObject("special_tokens");
        List<JsonObject> single = parts(processor, "single");
        List<JsonObject> pair = parts(processor, "pair");
        return new Frame(
                ids(single.stream().takeWhile(SpecialTokensReader::isToken), specials),
                ids(behindFirst(pair).takeWhile(SpecialTokensReader::isToken), specials),
                ids(behindFirst(single), specials),
                secondHasType1(pair));
    }

    private static List<JsonObject> parts(JsonObject processor, String template) {
        return processor.getAsJsonArray(template).asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static boolean isToken(JsonObject part) {
        return part.has("SpecialToken");
    }

    private static Stream<JsonObject> behindFirst(List<JsonObject> template) {
        return template.stream().dropWhile(SpecialTokensReader::isToken).skip(1);
    }

    private static boolean secondHasType1(List<JsonObject> pair) {
        return behindFirst(pair)
                .filter(part -> !isToken(part))
                .anyMatch(
                        text -> text.getAsJsonObject("Sequence").get("type_id").getAsInt() == 1);
    }

    private static int[] ids(Stream<JsonObject> parts, JsonObject specials) {
        return parts.filter(SpecialTokensReader::isToken)
                .map(part -> part.getAsJsonObject("SpecialToken").get("id").getAsString())
                .flatMap(token -> specials.getAsJsonObject(token).getAsJsonArray("ids").asList().stream())
                .mapToInt(JsonElement::getAsInt)
                .toArray();
    }

    /** Without a post-processor: BERT's arrangement, if the model has such tokens. */
    private Frame frameOfRoles() {
        int[] start =
                id("cls_token", "[CLS]", "[CLS]").stream().mapToInt(id -> id).toArray();
        int[] end =
                id("sep_token", "[SEP]", "[SEP]").stream().mapToInt(id -> id).toArray();
        return new Frame(start, end, end, true);
    }

    private Optional<Integer> id(String role, String usual, String alsoUsual) {
        return Stream.concat(folder.token(role).stream(), Stream.of(usual, alsoUsual))
                .flatMap(token -> names.id(token).stream().boxed())
                .findFirst();
    }
}
