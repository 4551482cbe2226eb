package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where texts without a label come from may fail, and they may be missing. */
@ExtendWith(NothingLeftOpen.class)
class UnlabeledSourceTest {

    private static final List<Review> UNLABELED = Patterns.unlabeled(24);

    @TempDir
    Path folder;

    private static void fit(Supplier<? extends Stream<? extends Review>> source) {
        Patterns.trainer(TuningMethod.PET)
                .fit(Patterns.TRAIN, Patterns.DEV, source)
                .close();
    }

    @Test
    void aFileInAnotherEncodingIsToldAsWhatItIs() throws IOException {
        Path file = folder.resolve("texts.txt");
        Files.write(file, "un café\nencore\n".getBytes(StandardCharsets.ISO_8859_1));
        Supplier<Stream<Review>> source = () -> {
            try {
                return Files.lines(file).map(Review::new);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        assertThatThrownBy(() -> fit(source))
                .isInstanceOfSatisfying(ClozeException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.DATA_UNREADABLE);
                    assertThat(e).hasRootCauseInstanceOf(MalformedInputException.class);
                })
                .hasMessageContaining("unlabelled input 1")
                .hasMessageContaining("MalformedInputException")
                .hasMessageContaining("charset");
    }

    @Test
    void theTextAtWhichASourceFailsIsNumbered() {
        assertThatThrownBy(() -> fit(() -> UNLABELED.stream().peek(review -> {
                    if (review.text().contains("number 4")) {
                        throw new UncheckedIOException(new IOException("the connection was closed"));
                    }
                })))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DATA_UNREADABLE))
                .hasMessageContaining("unlabelled input 5")
                .hasMessageContaining("the connection was closed");
    }

    @Test
    void whatASourceSaysOfItselfIsKept() {
        ClozeException own = new ClozeException(Problem.DATA_LABEL_UNKNOWN, "so it is");
        assertThatThrownBy(() -> fit(() -> {
                    throw own;
                }))
                .isSameAs(own);
        IllegalStateException bug = new IllegalStateException("the caller's own");
        assertThatThrownBy(() -> fit(() -> {
                    throw bug;
                }))
                .isSameAs(bug);
    }

    @Test
    void aSourceThatFailsAsItsThreadIsInterruptedIsAStop() {
        try {
            assertThatThrownBy(() -> fit(() -> UNLABELED.stream().peek(review -> {
                        Thread.currentThread().interrupt();
                        throw new UncheckedIOException(new java.nio.channels.ClosedByInterruptException());
                    })))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TRAINING_STOPPED));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anEnsembleTakesAStreamToo() {
        boolean[] closed = {false};
        List<Review> inputs = Patterns.DEV.stream().map(Labeled::input).toList();
        List<Prediction<Sentiment>> ofList;
        try (PromptPipeline<Review, Sentiment> ensemble =
                auxiliary(TuningMethod.PET).fitEnsemble(Patterns.TRAIN, Patterns.DEV, UNLABELED)) {
            ofList = ensemble.predict(inputs);
        }
        try (PromptPipeline<Review, Sentiment> ensemble = auxiliary(TuningMethod.PET)
                .fitEnsemble(
                        Patterns.TRAIN, Patterns.DEV, () -> UNLABELED.stream().onClose(() -> closed[0] = true))) {
            assertThat(ensemble.predict(inputs)).isEqualTo(ofList);
        }
        assertThat(closed[0]).isTrue();
    }

    private static PromptTrainer<Review, Sentiment> auxiliary(TuningMethod method) {
        return Patterns.trainer(method)
                .options(options -> options.with(PetOptions.REPETITIONS, 2).with(PetOptions.AUXILIARY_WEIGHT, .5));
    }

    @Test
    void withoutTextsEachCallSaysWhatToDoInstead() {
        assertThatThrownBy(() -> auxiliary(TuningMethod.PET).fitEnsemble(Patterns.TRAIN, Patterns.DEV))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TRAINING_UNLABELED_MISSING))
                .hasMessageContaining("auxiliaryWeight = 0.5")
                .hasMessageContaining("fitEnsemble(train, dev, unlabeled)")
                .hasMessageNotContaining("fitEnsemble(train, dev) ");
        assertThatThrownBy(() -> auxiliary(TuningMethod.PET).fit(Patterns.TRAIN, Patterns.DEV))
                .hasMessageContaining("PET learns from texts without a label")
                .hasMessageContaining("trainer().fit(train, dev, unlabeled)");
        assertThatThrownBy(() -> Patterns.trainer(TuningMethod.IPET).fit(Patterns.TRAIN, Patterns.DEV))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TRAINING_UNLABELED_MISSING))
                .hasMessageContaining("trainer().fit(train, dev, unlabeled)")
                .hasMessageContaining("trainer().method(TuningMethod.PET).fitEnsemble(train, dev)");
        assertThatThrownBy(() -> Patterns.trainer(TuningMethod.IPET).fitEnsemble(Patterns.TRAIN, Patterns.DEV))
                .hasMessageContaining("trainer().fitEnsemble(train, dev, unlabeled)");
    }
}
