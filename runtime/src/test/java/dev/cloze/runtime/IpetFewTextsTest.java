package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** iPET where labels are many or texts without a label few. */
@ExtendWith(NothingLeftOpen.class)
class IpetFewTextsTest {

    enum Thing {
        FILM,
        BOOK,
        FOOD,
        ROOM,
        PHONE,
        MUSIC,
        CAR,
        DOG,
        HOUSE,
        GAME,
        RIVER
    }

    enum Place {
        HOUSE,
        ROOM,
        RIVER
    }

    @TempDir
    Path folder;

    private static <L extends Enum<L>> PromptTrainer<Review, L> trainer(Class<L> labels, List<Integer> examples) {
        ClassificationTask.Builder<Review, L> task = ClassificationTask.of(Review.class, labels)
                .template("{text} It was a {mask}.")
                .template("A {mask}: {text}")
                .placeholder("text", Review::text)
                .tuning(TaskTuning.of(TuningMethod.IPET, "cloze-tiny-en"));
        for (L label : labels.getEnumConstants()) {
            task.label(label, label.name().toLowerCase(Locale.ROOT));
        }
        return PromptTrainer.of(task.build())
                .quiet()
                .options(Patterns.brief())
                .options(options -> options.with(PetOptions.GENERATIONS, 2))
                .listener(hearing(examples));
    }

    private static TrainingListener hearing(List<Integer> examples) {
        return new TrainingListener() {
            @Override
            public void onStart(TrainingStarted started) {
                examples.add(started.examples());
            }
        };
    }

    @Test
    void withoutLabelledExamplesEachLabelHasAtLeastOneText() {
        List<Integer> examples = new ArrayList<>();
        trainer(Thing.class, examples)
                .fit(List.of(), List.of(), Patterns.unlabeled(40))
                .close();
        assertThat(examples.subList(0, 4)).as("ten in eleven parts").containsOnly(11);
    }

    @Test
    void theAuthorsCodeHasTenTextsHoweverManyLabelsThereAreAndNoLimit() {
        List<Integer> examples = new ArrayList<>();
        trainer(Thing.class, examples)
                .options(options -> options.withCompat(Compat.REFERENCE))
                .fit(List.of(), List.of(), Patterns.unlabeled(40))
                .close();
        assertThat(examples.subList(0, 4)).containsOnly(10);
        examples.clear();
        Patterns.trainer(TuningMethod.IPET)
                .options(options -> options.withCompat(Compat.REFERENCE).with(PetOptions.GENERATIONS, 2))
                .listener(hearing(examples))
                .fit(Patterns.TRAIN, Patterns.DEV, Patterns.unlabeled(20))
                .close();
        assertThat(examples.subList(4, 8))
                .as("8 and 16 of each label that is predicted")
                .isSubsetOf(24, 40);
    }

    @Test
    void asFewTextsAsLabelsAreEnough() {
        List<Integer> examples = new ArrayList<>();
        trainer(Place.class, examples)
                .fit(List.of(), List.of(), Patterns.unlabeled(5))
                .close();
        assertThat(examples.subList(0, 4)).containsOnly(3);
        assertThatThrownBy(() -> trainer(Place.class, examples).fit(List.of(), List.of(), Patterns.unlabeled(2)))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TRAINING_UNLABELED_MISSING))
                .hasMessageContaining("2 texts")
                .hasMessageContaining("3 labels");
    }

    @Test
    void besideLabelledExamplesAGenerationGrowsByATextOfEachLabelAtLeast() {
        List<Integer> examples = new ArrayList<>();
        List<String> log = Logged.during(() -> Patterns.trainer(TuningMethod.IPET)
                .options(options -> options.with(PetOptions.GENERATIONS, 2))
                .listener(hearing(examples))
                .fit(Patterns.TRAIN, Patterns.DEV, Patterns.unlabeled(3))
                .close());
        assertThat(examples.subList(0, 4)).containsOnly(8);
        assertThat(examples.subList(4, 8))
                .as("one of each label that is predicted")
                .allMatch(size -> size > 8);
        assertThat(log).anyMatch(line -> line.contains("3 unlabelled texts") && line.contains("32"));
    }

    @Test
    void aLabelThatNobodyPredictsIsNamed() {
        List<String> log = Logged.during(() -> Patterns.trainer(TuningMethod.IPET)
                .options(options -> options.with(PetOptions.GENERATIONS, 2))
                .fit(
                        Patterns.TRAIN,
                        Patterns.DEV,
                        List.of(new Review("A lovely film."), new Review("A lovely, lovely film.")))
                .close());
        assertThat(log)
                .filteredOn(line -> line.contains("No unlabelled text is predicted to be"))
                .isNotEmpty()
                .allMatch(line -> line.contains("be POSITIVE") || line.contains("be NEGATIVE"));
    }

    private PromptTrainer<Review, Sentiment> poisoned() throws IOException {
        // Whoever reads a 7 has an overflow, and the second template has one.
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .template("{text} All 7 said: {mask}.")
                .tuning(TaskTuning.of(
                        TuningMethod.IPET,
                        PoisonedModel.in(folder.resolve("poisoned")).toString()))
                .build();
        return PromptTrainer.of(task)
                .quiet()
                .options(Patterns.brief())
                .options(options -> options.with(PetOptions.GENERATIONS, 1));
    }

    private static List<Review> harmless() {
        return Patterns.unlabeled(24).stream()
                .filter(review -> !review.text().contains("7"))
                .toList();
    }

    @Test
    void aTemplateByWhichTheUntrainedModelSaysNoNumbersIsLeftOut() throws IOException {
        PromptTrainer<Review, Sentiment> trainer = poisoned();
        List<Prediction<Sentiment>> answers = new ArrayList<>();
        List<String> log = Logged.during(() -> {
            try (PromptPipeline<Review, Sentiment> tuned = trainer.fit(List.of(), List.of(), harmless())) {
                answers.add(tuned.predict(new Review("A lovely film.")));
            }
        });
        assertThat(answers).hasSize(1).allMatch(answer -> answer.probability() >= 0.5);
        assertThat(log)
                .filteredOn(line -> line.contains("untrained") && line.contains("template 2"))
                .hasSize(1);
    }

    @Test
    void whereThereIsNoOtherTemplateNothingIsLeft() throws IOException {
        PromptTrainer<Review, Sentiment> trainer =
                poisoned().template(1).options(options -> options.with(PetOptions.REPETITIONS, 4));
        assertThatThrownBy(() -> trainer.fit(List.of(), List.of(), harmless()))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MODEL_NOT_FINITE))
                .hasMessageContaining("untrained");
    }
}
