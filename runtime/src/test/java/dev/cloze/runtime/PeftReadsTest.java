package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.gson.Gson;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PEFT loads what was trained and written here, and says and writes the same: {@code peft_pipelines.py}, which the system property
 * {@code cloze.python} names a Python for.
 */
class PeftReadsTest {

    private static final Path WRITERS =
            Path.of("cli/src/test/resources/writers").toAbsolutePath();
    private static final String MODELS = "models/tiny/src/main/resources/dev/cloze/models";
    private static final String SCRIPT = "src/test/python/peft_pipelines.py";

    /** Those of the script. */
    private static final List<String> WORDS = List.of("great", "good", "terrible", "bad");

    private static final List<Review> TEXTS = List.of(
            new Review("A warm, funny film with a lovely cast."),
            new Review("The room was dirty and the staff were rude."),
            new Review("I enjoyed every minute of this book."));
    private static final List<Line> PROMPTS = List.of(new Line("The baker sells"), new Line("My sister reads a book"));
    private static final int LENGTH = 4;
    private static final int STEPS = 12;

    private static final Map<String, TuningMethod> KINDS = Map.of(
            "prompt",
            TuningMethod.PROMPT_TUNING,
            "ptuning",
            TuningMethod.P_TUNING,
            "prefix",
            TuningMethod.PREFIX_TUNING);

    private record Line(String text) {}

    @TempDir
    private Path folder;

    @Test
    void peftSaysAndWritesWhatIsSaidAndWrittenHere() throws IOException, InterruptedException {
        String python = System.getProperty("cloze.python", "");
        assumeFalse(python.isBlank(), "-Dcloze.python=PYTHON names a Python with PEFT, which nobody did");
        Map<String, List<?>> answers = new LinkedHashMap<>();
        for (Map.Entry<String, TuningMethod> kind : KINDS.entrySet()) {
            String encoder = "cloze-tiny-en-" + kind.getKey();
            answers.put(encoder, encoder(kind.getValue(), folder.resolve(encoder)));
            for (String model : List.of("gpt2", "llama", "t5")) {
                if (!model.equals("t5") || kind.getValue() != TuningMethod.PREFIX_TUNING) { // which PEFT can't say
                    String writer = model + "-" + kind.getKey();
                    answers.put(writer, writer(model, kind.getValue(), folder.resolve(writer)));
                }
            }
        }
        assertThat(OpenModels.count()).isZero();
        Files.writeString(folder.resolve("expected.json"), new Gson().toJson(answers));
        Process peft = new ProcessBuilder(python, SCRIPT, MODELS, "check", folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(peft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(peft.waitFor()).as(output).isZero();
        assertThat(output.lines().filter(line -> line.endsWith(" alike")).map(line -> line.split(" ", 2)[0]))
                .as(output)
                .containsExactlyInAnyOrderElementsOf(answers.keySet());
    }

    private static TrainingOptions options(TuningMethod method, TrainingOptions options) {
        TrainingOptions few = options.withMaxSteps(5)
                .withEvaluateEvery(0)
                .withLearningRate(0.02)
                .with(TuningOptions.PROMPT_LENGTH, LENGTH);
        return method == TuningMethod.P_TUNING ? few.with(TuningOptions.FREEZE_BACKBONE, true) : few;
    }

    /** The logarithms of the words' probabilities at the mask, among all words of the model. */
    private static List<?> encoder(TuningMethod method, Path adapter) {
        ClozeTask<Review> task = ClozeTask.of(Review.class)
                .template("{text} It was {mask}.")
                .placeholder("text", Review::text)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
                .build();
        List<Answered<Review>> examples = Reviews.examples().stream()
                .map(one -> new Answered<>(one.input(), one.label() == Sentiment.POSITIVE ? "good" : "bad"))
                .toList();
        try (ClozePipeline<Review> tuned = ClozeTrainer.of(task)
                .method(method)
                .quiet()
                .options(options -> options(method, options))
                .fit(examples)) {
            tuned.saveAdapter(adapter);
            return tuned.predict(TEXTS, WORDS).stream()
                    .map(answer -> WORDS.stream()
                            .map(word -> answer.of(word).orElseThrow().logProbability())
                            .toList())
                    .toList();
        }
    }

    /** Texts, each with the logarithm of its probability. */
    private static List<?> writer(String model, TuningMethod method, Path adapter) {
        TextTask<Line> task = TextTask.of(Line.class)
                .template("{text}")
                .placeholder("text", Line::text)
                .tuning(TaskTuning.of(
                        TuningMethod.PROMPT_FINE_TUNING, WRITERS.resolve(model).toString()))
                .build();
        try (TextPipeline<Line> tuned = TextTrainer.of(task)
                .method(method)
                .quiet()
                .options(options -> options(method, options))
                .fit(List.of(new TextPair<>(PROMPTS.get(0), "bread and a book")))) {
            tuned.saveAdapter(adapter);
            List<List<?>> written = new ArrayList<>();
            for (Line prompt : PROMPTS) {
                Generated text = tuned.generateAll(prompt, tuned.options().withMaxTokens(STEPS))
                        .get(0);
                written.add(List.of(text.text().stripLeading(), text.logProbability()));
            }
            return written;
        }
    }
}
