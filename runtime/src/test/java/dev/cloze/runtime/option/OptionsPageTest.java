package dev.cloze.runtime.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.method.MethodAnnotation;
import dev.cloze.annotations.method.MethodAnnotations;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.OptionValues;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.annotations.option.VerbalizerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of options is what the declarations say. */
class OptionsPageTest {

    private static final String HEAD = """
            # Options

            Every option, as it is declared. A value out of its range is refused when it is set, by the compiler or at run
            time. What is left out has its default; where there is none, the tuning method chooses, or nothing is done.
            Three methods have defaults of their own: PET and iPET batchSize 16, maxSteps 250 and weightDecay 0.01 (4, 1000 and 0.01 with
            auxiliaryWeight), SetFit batchSize 16 and once through its pairs, a thousand steps at most, of which a tenth are warm-up.

            ## Learning rates

            What `learningRate` is where nobody sets it, by the width of the model's hidden states where several stand:

            | method | learning rate |
            |---|---|
            | PROMPT_FINE_TUNING, PET, IPET, LM_BFF, FINE_TUNING | 1e-5 from 1,024 on, 2e-5 from 512, 1e-4 from 256, 3e-4 below |
            | PROMPT_FINE_TUNING where a text is written | 5e-5 from 512 on, 3e-4 from 256, 1e-3 below |
            | FINE_TUNING of spans | 2e-5 from 1,024 on, 5e-5 from 512, 3e-4 below |
            | SETFIT | 2e-5 from 384 on, 1e-4 from 256, 3e-4 below |
            | LSTM | 3e-3 |
            | PROMPT_TUNING | 0.005; with ADAFACTOR 0.3, constant, and a weightDecay of 1e-5 |
            | P_TUNING | ten times backboneLearningRate, which is that of the first row if left out; 0.001 with freezeBackbone; 0.005 with encoder NONE |
            | PREFIX_TUNING | 5e-5 from 1,024 on, 2e-4 from 512, 1e-3 below; without its network 5e-3 from 512 on, 1e-2 below |
            | P_TUNING_V2 | 7e-3 from 512 on, 1e-2 below |
            | MULTITASK_PROMPT_TUNING | 0.005; of several tasks together 0.05 |

            """;

    @Test
    void thePageHasEveryOptionAsDeclared() throws IOException {
        String page = HEAD
                + section(
                        "Of `@Tuning`",
                        "Written in the annotation, or for one run with `trainer().options(o -> o.withX(...))`, but for"
                                + " maxLength, which is the task's.",
                        TuningOptions.ALL)
                + section(
                        "Of `@Verbalizer`",
                        "Written in the annotation, or for one run with `trainer().options(o -> o.with(option, value))`. All but"
                                + " the last belong to one kind.",
                        VerbalizerOptions.ALL)
                + MethodAnnotations.ALL.stream().map(OptionsPageTest::section).collect(Collectors.joining())
                + section(
                        "Of a training",
                        "`trainer().options(o -> o.withX(...))`.",
                        Stream.concat(LoopOptions.OF_WEIGHTS.stream(), LoopOptions.OF_CHECKPOINTS.stream())
                                .filter(option -> !TuningOptions.ALL.contains(option))
                                .toList())
                + section("Of writing", "`pipeline.withOptions(o -> o.withX(...))`.", WritingOptions.ALL);
        Path file = root().resolve("docs/reference/options.md");
        if (System.getenv("CLOZE_REWRITE_EXPECTED") != null) {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, page);
        }
        assertThat(Files.readString(file)).isEqualTo(page);
    }

    @Test
    void aMethodsOwnOptionHasANameThatNoOtherOptionOfItHas() {
        for (MethodAnnotation method : MethodAnnotations.ALL) {
            Stream<Option<?>> others = Stream.of(
                            TuningOptions.ALL,
                            VerbalizerOptions.ALL,
                            LoopOptions.OF_WEIGHTS,
                            LoopOptions.OF_CHECKPOINTS)
                    .flatMap(List::stream)
                    .distinct();
            assertThat(Stream.concat(others, method.options().stream()).map(Option::name))
                    .doesNotHaveDuplicates();
        }
    }

    private static String section(MethodAnnotation method) {
        return section(
                "Of `" + method.written() + "`",
                "Written in the annotation, which selects " + method.method()
                        + ", or for one run with `trainer().options(o -> o.with(option, value))`.",
                method.options());
    }

    private static String section(String title, String how, List<Option<?>> options) {
        List<String> lines = new ArrayList<>();
        lines.add("## " + title + "\n\n" + how + "\n");
        lines.add("| option | range | default | methods | what it is |");
        lines.add("|---|---|---|---|---|");
        options.forEach(option -> lines.add(row(option)));
        return String.join("\n", lines) + "\n\n";
    }

    private static String row(Option<?> option) {
        boolean all = MethodTable.rows().stream().allMatch(option::isOf);
        String methods = all ? "all" : MethodTable.names(option::isOf);
        return "| `" + option.name() + "` | " + option.range(OptionValues.NONE).text() + " | "
                + option.usual().map(value -> "`" + value + "`").orElse("-") + " | "
                + (methods.isEmpty() ? "none yet" : methods) + " | " + option.meaning() + " |";
    }

    private static Path root() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw"))) {
            root = Objects.requireNonNull(root.getParent(), "the tests must run inside the repository");
        }
        return root;
    }
}
