package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import java.util.concurrent.TimeUnit;

/** Long work that shows a bar, as slow as a bar is drawn, for a process of its own. */
public final class ShownRuns {

    /** A bar is drawn five times a second. */
    private static final long MILLISECONDS = 250;

    private ShownRuns() {}

    /** @param arguments what is to be run */
    public static void main(String[] arguments) {
        System.setProperty("cloze.progress", "bar");
        TrainingListener slowly = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                try {
                    TimeUnit.MILLISECONDS.sleep(MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        if (arguments[0].equals("SEARCH")) {
            PromptTrainer.of(SearchRuns.task(TuningMethod.PROMPT_FINE_TUNING))
                    .options(options -> options.withMaxSteps(2).withBatchSize(4).withEvaluateEvery(2))
                    .listener(slowly)
                    .searchTemplates(SearchRuns.SEARCH.withSteps(2), SearchRuns.TRAIN, SearchRuns.DEV);
            return;
        }
        if (arguments[0].equals("WORDS")) {
            PromptTrainer.of(Reviews.builder().template("{mask}! {text}").build())
                    .options(options -> options.withMaxSteps(2).withBatchSize(4).withEvaluateEvery(2))
                    .listener(slowly)
                    .searchWords(WordRuns.SEARCH, WordRuns.TRAIN, WordRuns.DEV);
            return;
        }
        TuningMethod method = TuningMethod.valueOf(arguments[0]);
        PromptTrainer.of(Patterns.task(method))
                .options(Patterns.brief())
                .options(options -> options.withMaxSteps(2)
                        .with(PetOptions.REPETITIONS, method == TuningMethod.PET ? 1 : 2)
                        .with(PetOptions.DISTILLATION_STEPS, 2))
                .options(options -> method == TuningMethod.IPET ? options.with(PetOptions.GENERATIONS, 2) : options)
                .listener(slowly)
                .fit(Patterns.TRAIN, Patterns.DEV, Patterns.unlabeled(24))
                .close();
    }
}
