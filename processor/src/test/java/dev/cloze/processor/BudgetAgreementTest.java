package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.runtime.backbone.BackboneKind;
import dev.cloze.runtime.model.BackboneTokens;
import dev.cloze.runtime.template.TemplateEncoder;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The compiler, without the native tokenizer, counts a template's tokens as the runtime does with it. */
class BudgetAgreementTest {

    private static final Path DEFAULT = Path.of("../runtime/models/default/src/main/resources/dev/cloze/models");
    private static final Path SMALL = Path.of("../annotations/vocabulary/src/test/resources/tokenizers");
    private static final Path MODELS = Sources.FOLDER.resolve("models");
    private static final Pattern TAKEN = Pattern.compile("the template takes (\\d+) ");
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
                "Is it {{good}} or bad?{sep}Unforgettably: {text} ({mask})",
                "caf\u00e9\u6807 {text}\u2026 {mask}",
            })
    void bothCountTheSame(String template) {
        assertThat(byCompiler(template, DEFAULT, "cloze-tiny-en"))
                .isEqualTo(byRuntime(template, DEFAULT.resolve("cloze-tiny-en")));
        for (String small : List.of("roberta-add-prefix-space", "albert")) {
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
            return encoder(template, tokenizer, BackboneKind.DECODER).fixedLength();
        }
    }

    private static TemplateEncoder encoder(String template, Tokenizer tokenizer, BackboneKind kind) {
        SpecialTokens special =
                BackboneTokens.of(kind, tokenizer, tokenizer.special().end());
        return TemplateEncoder.compile(TemplateSyntax.parse(template), tokenizer::encode, special, 256);
    }

    private static int byRuntime(String template, Path model) {
        try (Tokenizer tokenizer = Tokenizer.open(model)) {
            return TemplateEncoder.compile(TemplateSyntax.parse(template), tokenizer::encode, tokenizer.special(), 256)
                    .fixedLength();
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
        Compilation compilation = Sources.compile(List.of(Sources.of("Task", source)), "-Acloze.models=" + models);
        Matcher taken =
                TAKEN.matcher(Sources.text(compilation.generatedSourceFiles().get(0)));
        assertThat(taken.find()).isTrue();
        return Integer.parseInt(taken.group(1));
    }
}
