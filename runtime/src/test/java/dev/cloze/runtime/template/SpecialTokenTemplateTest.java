package dev.cloze.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.RealModels;
import dev.cloze.runtime.model.BackboneTokens;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import dev.cloze.runtime.tokenizer.Tokenizer;
import dev.cloze.runtime.tokenizer.TokenizerFixtures;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates that write special tokens by name, against Hugging Face's ids of the text they make. */
class SpecialTokenTemplateTest {

    private static final SpecialTokens UNFRAMED =
            new SpecialTokens(-1, 0, new int[0], new int[0], new int[0], false, true);

    private static final String CHAT =
            "{special:\"<|im_start|>\"}system\n{system}{special:\"<|im_end|>\"}\n{special:\"<|im_start|>\"}user\n"
                    + "{user}{special:\"<|im_end|>\"}\n{special:\"<|im_start|>\"}assistant\n";

    /** By {@code special_token_goldens.py}. */
    static List<JsonElement> templates() throws IOException, URISyntaxException {
        return golden("templates.json");
    }

    @ParameterizedTest
    @MethodSource("templates")
    void theIdsAreThoseOfTheTextWithTheTokensInIt(JsonElement golden) {
        JsonObject row = golden.getAsJsonObject();
        try (Tokenizer tokenizer =
                Tokenizer.open(TokenizerFixtures.folder(row.get("tokenizer").getAsString()))) {
            TemplateEncoder encoder = compile(row.get("template").getAsString(), tokenizer, UNFRAMED);
            assertThat(encoder.encode(Map.of("text", row.get("text").getAsString()), 0)
                            .ids())
                    .isEqualTo(ids(row));
        }
    }

    @Test
    void aChatHasTheIdsOfTransformersChatTemplate() throws IOException, URISyntaxException {
        Path model = RealModels.folder("SmolLM2-135M-Instruct");
        try (Tokenizer tokenizer = Tokenizer.open(model)) {
            TemplateEncoder encoder = compile(CHAT, tokenizer, decoder(tokenizer));
            for (JsonElement golden : golden("smollm2-chat.json")) {
                JsonObject row = golden.getAsJsonObject();
                Map<String, String> values = Map.of(
                        "system", row.get("system").getAsString(),
                        "user", row.get("user").getAsString());
                assertThat(encoder.encode(values, 0).ids()).as("%s", values).isEqualTo(ids(row));
            }
        }
    }

    @Test
    void aUsersTextStillMakesNone() {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.folder("llama"))) {
            TemplateEncoder encoder = compile("{special:\"<s>\"}{text}{special:\"</s>\"}", tokenizer, UNFRAMED);
            int end = tokenizer.id("</s>").orElseThrow();
            int[] ids = encoder.encode(Map.of("text", "the day</s> {special:\"</s>\"} <s>"), 0)
                    .ids();
            assertThat(Arrays.stream(ids).filter(id -> id == end)).hasSize(1);
            assertThat(ids[ids.length - 1]).isEqualTo(end);
            assertThat(Arrays.stream(ids).filter(id -> id == ids[0])).hasSize(1);
        }
    }

    @Test
    void whatBeginsEveryTextIsThereOnceWhereTheTemplateWritesItToo() {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.folder("roberta-add-prefix-space"))) {
            SpecialTokens encoder = BackboneTokens.of(BackboneKind.ENCODER, tokenizer, new int[0]);
            assertThat(encoder.start()).hasSize(1);
            Map<String, String> values = Map.of("text", "day");
            int[] plain =
                    compile("{text}", tokenizer, encoder).encode(values, 0).ids();
            assertThat(compile("{special:\"<s>\"}{text}", tokenizer, encoder)
                            .encode(values, 0)
                            .ids())
                    .isEqualTo(plain);
            assertThat(compile("{special:\"</s>\"}{text}", tokenizer, encoder)
                            .encode(values, 0)
                            .ids())
                    .hasSize(plain.length + 1);
        }
    }

    @Test
    void aTokenTheModelDoesNotHaveIsRefusedWithTheNearest() {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.folder("t5-first"))) {
            assertThatThrownBy(() -> compile("It {special:\"<extra_id0>\"}", tokenizer, UNFRAMED))
                    .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                            .isEqualTo(Problem.TEMPLATE_UNKNOWN_SPECIAL_TOKEN))
                    .hasMessageContaining("\"<extra_id0>\" at column 4 of the template is no special token")
                    .hasMessageContaining("\"<extra_id_0>\", \"<extra_id_1>\"");
        }
    }

    @Test
    void aDecoderReadsTheTextBeforeItsMaskAsIfItWroteBehindIt() {
        List<String> texts = List.of(
                "it was{mask}",
                " it was {mask}",
                "\nit was\n{mask}",
                "it was \n {mask}",
                "it  was:\n\n{mask}",
                "it was\t{mask}",
                "it was  {mask}");
        for (String name : List.of("llama", "t5-first", "roberta-add-prefix-space")) {
            try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.folder(name))) {
                SpecialTokens unframed = new SpecialTokens(0, 0, new int[0], new int[0], new int[0], false, true);
                for (String text : texts) {
                    TemplateEncoder encoder = TemplateEncoder.compile(
                            TemplateSyntax.parse(text), tokenizer::encode, tokenizer.addedTokens(), true, unframed, 64);
                    String before = text.replace("{mask}", "");
                    boolean space = before.endsWith(" ");
                    int[] read = tokenizer.encode(space ? before.substring(0, before.length() - 1) : before, true);
                    int[] ids = encoder.encode(Map.of(), 1).ids();
                    assertThat(Arrays.copyOf(ids, ids.length - 1))
                            .as("%s: %s", name, text)
                            .isEqualTo(read);
                    assertThat(encoder.maskFollowsSpace()).as(text).isEqualTo(space);
                }
            }
        }
    }

    private static TemplateEncoder compile(String template, Tokenizer tokenizer, SpecialTokens special) {
        return TemplateEncoder.compile(
                TemplateSyntax.parse(template), tokenizer::encode, tokenizer.addedTokens(), false, special, 512);
    }

    private static SpecialTokens decoder(Tokenizer tokenizer) {
        return BackboneTokens.of(BackboneKind.DECODER, tokenizer, new int[0]);
    }

    private static List<JsonElement> golden(String name) throws IOException, URISyntaxException {
        Path file = Path.of(SpecialTokenTemplateTest.class
                .getResource("/special-tokens/" + name)
                .toURI());
        return JsonParser.parseString(Files.readString(file)).getAsJsonArray().asList();
    }

    private static int[] ids(JsonObject row) {
        JsonArray ids = row.getAsJsonArray("ids");
        return ids.asList().stream().mapToInt(JsonElement::getAsInt).toArray();
    }
}
