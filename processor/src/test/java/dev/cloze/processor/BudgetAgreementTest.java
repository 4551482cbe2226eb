package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.runtime.template.TemplateEncoder;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The compiler, without the native tokenizer, counts a template's tokens as the runtime does with it. */
class BudgetAgreementTest {

    private static final Path DEFAULT = Path.of("../runtime/models/default/src/main/resources/dev/cloze/models");
    private static final Path SMALL = Path.of("../annotations/vocabulary/src/test/resources/tokenizers");
    private static final Pattern TAKEN = Pattern.compile("the template takes (\\d+) ");

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
        Compilation compilation = Sources.compile(
                List.of(Sources.of("Task", source.formatted(template, backbone))), "-Acloze.models=" + models);
        Matcher taken =
                TAKEN.matcher(Sources.text(compilation.generatedSourceFiles().get(0)));
        assertThat(taken.find()).isTrue();
        return Integer.parseInt(taken.group(1));
    }
}
