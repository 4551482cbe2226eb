package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.runtime.model.BackboneTokens;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.template.TemplateEncoder;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The compiler, without the native tokenizer, counts a template's tokens as the runtime does with it. */
class BudgetAgreementTest {

    private static final Path DEFAULT = Path.of("../runtime/models/tiny/src/main/resources/dev/cloze/models");
    private static final Path SMALL = Path.of("../annotations/vocabulary/src/test/resources/tokenizers");
    private static final Path MODELS = Sources.FOLDER.resolve("models");
    private static final Pattern TAKEN = Pattern.compile("the template takes (\\d+) ");
    private static final Pattern MOST = Pattern.compile("Of (\\d+) tokens ");
    private static final Pattern PROMISED = Pattern.compile("<li>(\\w+): (\\d+)\\n");
    private static final Map<String, String> WORD_OF = Map.of("title", "actor", "body", "carpenter", "note", "wheel");
    private static final String LONG_WORD = "terrible week";
    private static final String OF_LONG_WORDS = """
            import dev.cloze.annotations.*;
            @Template("%s")
            @Verbalizer(labels = Answer.class)
            @Tuning(backbone = "%s"%s)
            record Task(String title, String body, String note) {}
            enum Answer { @LabelWords("good") YES, @LabelWords("terrible week") NO }
            """;
    private static final String OF_TEXT = """
            import dev.cloze.annotations.*;
            @Template("%s") @Tuning(backbone = "%s") record Task(String text) {}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{text} It was {mask}.",
                "{text} {text}{mask}",
                "  It is so: {text}   {mask} !  ",
                "{mask}: {text}",
                "{text}? {sep} {mask}, {text}. ",
                "{text}?{mask}",
                "{text}{text}Unforgettably {mask}{sep}{text}, so: {text}it was",
                "{text} {text}unforgettable{mask}",
                "Is it {{good}} or bad?{sep}Unforgettably: {text} ({mask})",
                "caf\u00e9\u6807 {text}\u2026 {mask}",
            })
    void bothCountTheSame(String template) {
        assertThat(byCompiler(template, DEFAULT, "cloze-tiny-en"))
                .isEqualTo(byRuntime(template, DEFAULT.resolve("cloze-tiny-en")));
        for (String small : List.of("roberta-add-prefix-space", "albert", "albert-spiece", "bert-uncased")) {
            assertThat(byCompiler(template, SMALL, small))
                    .as(small)
                    .isEqualTo(byRuntime(template, SMALL.resolve(small)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{text} It was {mask}",
                "{text} it is. {sep} So {mask} ",
                "Is it so?{sep}  Unforgettably: {text} {mask}",
                "Is it so?{sep}{text} {mask}",
                "{sep} Is {text} caf\u00e9\u6807: {mask}",
                "{text}?{mask}",
                "{text}Unforgettably {text}unforgettable: {mask}",
                "{text}\\n{mask}",
                "Say:\\n\\n{text}.  {mask}",
                "So:\\n{text}{sep}{mask}",
            })
    void bothCountTheSameForADecoder(String template) {
        for (String model : List.of("tiny-decoder", "tiny-llama")) {
            assertThat(byCompiler(template, MODELS, model))
                    .as(model)
                    .isEqualTo(ofDecoder(template, MODELS.resolve(model)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{text|limit:1} In short:",
                "  Tell it so: {text|limit:1}   {text|limit:1} !  ",
                "{text|limit:1}",
                "Say {{more}}, caf\u00e9\u6807: {text|limit:1}\u2026\t",
                "Tell it so: {text|limit:1} {sep} In short:",
                "Tell it so:{sep}More: {text|limit:1}",
                "Tell it so: {text|limit:1}\\n",
                "{text|limit:1}\\n\\nIn short:\\n",
            })
    void bothCountTheSameWhereTextIsWritten(String template) {
        int placeholders = template.split("\\{text\\|", -1).length - 1;
        for (String model : List.of("tiny-decoder", "tiny-llama", "tiny-t5")) {
            BackboneKind kind = model.equals("tiny-t5") ? BackboneKind.ENCODER_DECODER : BackboneKind.DECODER;
            assertThat(taken(OF_TEXT.formatted(template, model), MODELS))
                    .as(model)
                    .isEqualTo(tokensOfInput(template, MODELS.resolve(model), kind) - placeholders);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{special:'<s>'}user\\n{text|limit:1}{special:'</s>'}\\n{special:'<s>'}assistant\\n",
                "So {special:'</s>'} {text|limit:1} {special:'<s>'}{special:'<unk>'} unforgettable",
                "{text|limit:1}{special:'<unk>'}",
            })
    void bothCountTheSameWithSpecialTokensInTheTemplate(String quoted) {
        String inSource = quoted.replace("'", "\\\"");
        for (String model : List.of("tiny-llama", "tiny-t5")) {
            BackboneKind kind = model.equals("tiny-t5") ? BackboneKind.ENCODER_DECODER : BackboneKind.DECODER;
            assertThat(taken(OF_TEXT.formatted(inSource, model), MODELS))
                    .as(model)
                    .isEqualTo(tokensOfInput(quoted.replace('\'', '"'), MODELS.resolve(model), kind) - 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            value = {
                "{title} {body} It is {mask}.",
                "{title} {body} {note} It is {mask}.",
                "{title|limit:5} {body} {note|limit:9} It is {mask}.",
                "{title|fixed|limit:7} {body}, {note}: {mask}.",
                "{title|head}{sep}So {mask}, {body} {note|tail|limit:4}",
                "{title}: {title}{sep}{body}? {title|limit:3}. {mask}!",
                "{body}, {body} {note} {body|fixed|limit:2} is {mask}",
            })
    void noPlaceholderIsCutBelowWhatTheCompilerPromises(String template) {
        for (int maxLength : new int[] {0, 24, 37}) {
            assertPromisesAreKept(template, maxLength, DEFAULT, "cloze-tiny-en");
            assertPromisesAreKept(template, maxLength, SMALL, "roberta-add-prefix-space");
            assertPromisesAreKept(template, maxLength, SMALL, "albert");
        }
    }

    /** Each placeholder has 2,000 times a word of its own, by whose tokens its part of the text is known. */
    private static void assertPromisesAreKept(String template, int maxLength, Path models, String backbone) {
        String chosen = maxLength == 0 ? "" : ", maxLength = " + maxLength;
        String javadoc = generated(OF_LONG_WORDS.formatted(template, backbone, chosen), models);
        int most = number(MOST, javadoc);
        Map<String, Integer> promised = PROMISED.matcher(javadoc)
                .results()
                .collect(Collectors.toMap(one -> one.group(1), one -> Integer.parseInt(one.group(2))));
        try (Tokenizer tokenizer = Tokenizer.open(models.resolve(backbone))) {
            TemplateEncoder encoder = TemplateEncoder.compile(
                    TemplateSyntax.parse(template), tokenizer::encode, tokenizer.special(), most);
            int masks = tokenizer
                    .vocabulary()
                    .encodeWord(LONG_WORD, encoder.maskFollowsSpace())
                    .size();
            assertThat(masks).isGreaterThan(1);
            Map<String, String> values = new HashMap<>();
            WORD_OF.forEach((path, word) -> values.put(path, (word + " ").repeat(2_000)));
            EncodedText text = encoder.encode(values, masks);

            assertThat(text.length()).isEqualTo(most);
            assertThat(least(keptByUse(text, tokenizer), uses(template)))
                    .as("%s by %s, %s tokens", template, backbone, most)
                    .isEqualTo(promised);
        }
    }

    private static List<Placeholder> uses(String template) {
        return TemplateSyntax.parse(template).stream()
                .filter(Placeholder.class::isInstance)
                .map(Placeholder.class::cast)
                .toList();
    }

    /** The least that is kept of each path where it may be cut. */
    private static Map<String, Integer> least(List<Map.Entry<String, Integer>> kept, List<Placeholder> uses) {
        assertThat(kept)
                .extracting(Map.Entry::getKey)
                .isEqualTo(uses.stream().map(Placeholder::path).toList());
        Map<String, Integer> least = new HashMap<>();
        for (int i = 0; i < kept.size(); i++) {
            if (!uses.get(i).filters().contains(Filter.Plain.FIXED)) {
                least.merge(kept.get(i).getKey(), kept.get(i).getValue(), Math::min);
            }
        }
        return least;
    }

    /** The path of each placeholder's text, in order, with the tokens that are left of it. */
    private static List<Map.Entry<String, Integer>> keptByUse(EncodedText text, Tokenizer tokenizer) {
        Map<Integer, String> pathOf = new HashMap<>();
        WORD_OF.forEach((path, word) -> {
            for (boolean start : new boolean[] {true, false}) {
                for (int id : tokenizer.encode(" " + word + " " + word, start)) {
                    assertThat(pathOf.put(id, path)).isIn(null, path);
                }
            }
        });
        List<Map.Entry<String, Integer>> kept = new ArrayList<>();
        String before = "";
        for (int id : text.ids()) {
            String path = pathOf.getOrDefault(id, "");
            if (!path.isEmpty() && path.equals(before)) {
                kept.add(Map.entry(path, kept.remove(kept.size() - 1).getValue() + 1));
            } else if (!path.isEmpty()) {
                kept.add(Map.entry(path, 1));
            }
            before = path;
        }
        return kept;
    }

    /** Of an input whose values are one token each. */
    private static int tokensOfInput(String template, Path model, BackboneKind kind) {
        try (Tokenizer tokenizer = Tokenizer.open(model)) {
            return encoder(template, tokenizer, kind)
                    .encode(Map.of("text", "something long enough"), 0)
                    .length();
        }
    }

    private static int ofDecoder(String template, Path model) {
        try (Tokenizer tokenizer = Tokenizer.open(model)) {
            return encoder(template, tokenizer, BackboneKind.DECODER).fixedLength(1);
        }
    }

    private static TemplateEncoder encoder(String template, Tokenizer tokenizer, BackboneKind kind) {
        SpecialTokens special =
                BackboneTokens.of(kind, tokenizer, tokenizer.special().end());
        return TemplateEncoder.compile(
                TemplateSyntax.parse(template.replace("\\n", "\n")),
                tokenizer::encode,
                tokenizer.addedTokens(),
                false,
                special,
                256);
    }

    private static int byRuntime(String template, Path model) {
        try (Tokenizer tokenizer = Tokenizer.open(model)) {
            return TemplateEncoder.compile(TemplateSyntax.parse(template), tokenizer::encode, tokenizer.special(), 256)
                    .fixedLength(1);
        }
    }

    private static int byCompiler(String template, Path models, String backbone) {
        String source = """
                import dev.cloze.annotations.*;
                @Template("%s")
                @Verbalizer(labels = Answer.class, multiTokenWords = MultiTokenWords.MEAN)
                @Tuning(backbone = "%s")
                record Task(String text) {}
                enum Answer { @LabelWords("good") YES, @LabelWords("bad") NO }
                """;
        return taken(source.formatted(template, backbone), models);
    }

    private static int taken(String source, Path models) {
        return number(TAKEN, generated(source, models));
    }

    private static String generated(String source, Path models) {
        Compilation compilation = Sources.compile(List.of(Sources.of("Task", source)), "-Acloze.models=" + models);
        return Sources.text(compilation.generatedSourceFiles().get(0));
    }

    private static int number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }
}
