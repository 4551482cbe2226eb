package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.engine.OpenRoots;
import dev.cloze.runtime.model.OpenModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** However many models a run has, native memory holds one training beside the language model. */
@ExtendWith(NothingLeftOpen.class)
class OneTrainingAtATimeTest {

    /** Roots of native memory at each step of each training. */
    private static final class Roots implements TrainingListener {
        private final int before = OpenRoots.count();
        private final List<Set<Integer>> open = new ArrayList<>();
        private final Set<Integer> models = new TreeSet<>();

        @Override
        public void onStart(TrainingStarted started) {
            open.add(new TreeSet<>());
        }

        @Override
        public void onStep(StepEnded step) {
            open.get(open.size() - 1).add(OpenRoots.count() - before);
            models.add(OpenModels.count());
        }

        @Override
        public void onEvaluation(EvaluationEnded evaluation) {
            open.get(open.size() - 1).add(OpenRoots.count() - before);
        }
    }

    private static Roots ofPet(TuningMethod method, int repetitions) {
        Roots roots = new Roots();
        Patterns.trainer(method)
                .options(options -> options.with(PetOptions.REPETITIONS, repetitions))
                .listener(roots)
                .fit(Patterns.TRAIN, Patterns.DEV, Patterns.unlabeled(80))
                .close();
        return roots;
    }

    private static Roots ofLmBff(int... template) {
        Roots roots = new Roots();
        PromptTrainer<Review, Sentiment> trainer = PromptTrainer.of(Patterns.task(TuningMethod.LM_BFF))
                .quiet()
                .options(options -> options.withMaxSteps(2)
                        .withBatchSize(4)
                        .withEvaluateEvery(1)
                        .with(LmBffOptions.SETS, 1)
                        .with(LmBffOptions.DEV_SETS, 1))
                .listener(roots);
        (template.length == 0 ? trainer : trainer.template(template[0]))
                .fit(Patterns.TRAIN, Patterns.DEV)
                .close();
        return roots;
    }

    @Test
    void petHoldsNoMoreWithSixModelsThanWithTwo() {
        Roots few = ofPet(TuningMethod.PET, 1);
        Roots many = ofPet(TuningMethod.PET, 3);
        assertThat(few.open).hasSize(3);
        assertThat(many.open).hasSize(7);
        assertThat(few.open.get(0)).hasSize(1);
        assertThat(many.open.subList(0, 6)).containsOnly(few.open.get(0));
        assertThat(many.open.get(6)).as("the classifier").isEqualTo(few.open.get(2));
        assertThat(many.models).containsExactly(1);
    }

    @Test
    void ipetHoldsTheSameInEachGeneration() {
        Roots roots = ofPet(TuningMethod.IPET, 2);
        assertThat(roots.open).hasSize(3 * 4 + 1);
        assertThat(roots.open.subList(0, 12))
                .containsOnly(ofPet(TuningMethod.PET, 1).open.get(0));
        assertThat(roots.models).containsExactly(1);
    }

    @Test
    void anEnsembleOfTemplatesHoldsWhatOneOfThemHolds() {
        Roots alone = ofLmBff(1);
        Roots together = ofLmBff();
        assertThat(alone.open).hasSize(1);
        assertThat(together.open).hasSize(2).containsOnly(alone.open.get(0));
        assertThat(together.models).containsExactly(1);
    }
}
