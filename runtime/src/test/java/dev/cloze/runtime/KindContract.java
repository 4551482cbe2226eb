package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.method.MethodAnnotations;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;

/** What the contracts of all kinds of task share: the table's rows, models of each kind, and that nothing is left open. */
@ExtendWith(NothingLeftOpen.class)
abstract class KindContract {

    /** Models that are made are made once for a contract: no method changes them. */
    @TempDir
    static Path models;

    private static final Map<String, String> MADE = new HashMap<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void noModelIsMade() {
        MADE.clear();
    }

    /** Each method with each kind of model it serves; one without a language model is there once, with no kind of model. */
    static Stream<Arguments> rows(TaskKind task, Predicate<MethodTraits> which) {
        return MethodTable.rows().stream()
                .filter(row -> row.kind() == task)
                .filter(which)
                .flatMap(row -> row.hasBackbone()
                        ? row.backbones().stream().sorted().map(kind -> Arguments.of(row.method(), kind))
                        : Stream.of(Arguments.of(row.method(), null)));
    }

    static Stream<TuningMethod> methodsWithout(TaskKind task) {
        return Arrays.stream(TuningMethod.values())
                .filter(method -> MethodTable.find(method, task).isEmpty());
    }

    /** All words of these texts, for models that are made to know them. */
    static List<String> words(Stream<String> texts) {
        return texts.flatMap(text -> Stream.of(text.toLowerCase(Locale.ROOT).split("[ .,!]+")))
                .distinct()
                .toList();
    }

    /** Trains on examples without others to choose by, and closes what comes of it. */
    abstract void train(
            TuningMethod method,
            @Nullable BackboneKind kind,
            UnaryOperator<TrainingOptions> change,
            TrainingListener listener);

    /** @param part of the steps whose mean loss at the end is compared with that at the beginning, one in so many */
    final void assertLearnsTheSameBySeed(TuningMethod method, @Nullable BackboneKind kind, int part) {
        List<Double> losses = losses(method, kind, options -> options.withSeed(7));
        int some = losses.size() / part;
        assertThat(mean(losses.subList(losses.size() - some, losses.size()))).isLessThan(mean(losses.subList(0, some)));
        assertThat(losses(method, kind, options -> options.withSeed(7))).isEqualTo(losses);
        List<Double> others =
                losses(method, kind, options -> options.withSeed(8).withMaxSteps(2));
        assertThat(others).isNotEqualTo(losses.subList(0, others.size()));
    }

    private List<Double> losses(
            TuningMethod method, @Nullable BackboneKind kind, UnaryOperator<TrainingOptions> change) {
        List<Double> losses = new ArrayList<>();
        train(method, kind, change, recording(losses));
        return losses;
    }

    static TrainingListener recording(List<Double> losses) {
        return new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
    }

    static TrainingListener stoppingAt(int last) {
        return new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                if (step.step() == last) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    /** Hears the score of the weights that a training ends with; of several trainings, the last one's. */
    static final class KeptScore implements TrainingListener {

        private double score = Double.NaN;

        @Override
        public void onEnd(TrainingEnded ended) {
            score = ended.best().map(EvaluationEnded::score).orElse(Double.NaN);
        }

        double score() {
            return score;
        }
    }

    /** Where a training reads texts with demonstrations, it measures with the one set that it answers with. */
    static TrainingOptions measuredAsAnswered(TuningMethod method, TrainingOptions options) {
        return MethodAnnotations.optionsOf(method).contains(LmBffOptions.SETS)
                ? options.with(LmBffOptions.SETS, 1).with(LmBffOptions.DEV_SETS, 1)
                : options;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    static void assertRefused(Problem problem, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                .isEqualTo(problem));
    }

    /** A model of a kind; a method that has none must not look for the one it is given. */
    final String model(@Nullable BackboneKind kind, List<String> words) {
        if (kind == null) {
            return "no-such-model";
        }
        return MADE.computeIfAbsent(kind + " of " + words, key -> made(kind, words));
    }

    private static String made(BackboneKind kind, List<String> words) {
        Path path = models.resolve(kind.name() + MADE.size());
        return switch (kind) {
            case ENCODER -> "cloze-tiny-en";
            case DECODER -> TinyModels.decoder(path, 64, words).toString();
            case ENCODER_DECODER -> TinyModels.encoderDecoder(path, words).toString();
        };
    }
}
