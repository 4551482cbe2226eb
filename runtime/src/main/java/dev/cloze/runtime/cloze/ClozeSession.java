package dev.cloze.runtime.cloze;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.Answered;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.model.ModelVocabulary;
import dev.cloze.runtime.model.TaskTemplate;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.ClozeStrategy;
import dev.cloze.runtime.tuning.Strategies;
import dev.cloze.runtime.tuning.WordProduct;
import dev.cloze.runtime.tuning.WordTask;
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a pipeline holds: the task as it was tuned, what its method made of it, and how.
 *
 * @param task with the method that made the product
 * @param product closed with the session
 * @param training empty where nothing was tuned
 * @param <I> the task class
 */
public record ClozeSession<I>(ClozeTask<I> task, WordProduct product, TrainingRecord training)
        implements AutoCloseable {

    /** The model as it is. */
    public static <I> ClozeSession<I> zeroShot(ClozeTask<I> task) {
        ClozeStrategy strategy = strategyOf(task);
        Strategies.requireUntrained(task.tuning().method(), TaskKind.CLOZE);
        return new ClozeSession<>(task, strategy.untrained(WordTask.of(task)), TrainingRecord.NONE);
    }

    /** How many of its own words an answer shows at most. */
    public int shown() {
        return task.candidates().isEmpty() ? ClozePipeline.OPEN_WORDS : Integer.MAX_VALUE;
    }

    /** The task's method, which serves it as it is declared. */
    static ClozeStrategy strategyOf(ClozeTask<?> task) {
        TuningMethod method = task.tuning().method();
        ClozeStrategy strategy = Strategies.cloze(method);
        Strategies.requireUnlike(task.templates());
        Strategies.requireTemplates(
                task.name(), method, TaskKind.CLOZE, task.templates().size());
        return strategy;
    }

    /**
     * The examples whose answer is a candidate, or, where it has none, one token of the task's model at the mask of each of its
     * templates.
     */
    public static <I> List<Answered<I>> answerable(ClozeTask<I> task, List<Answered<I>> examples) {
        if (!task.candidates().isEmpty()) {
            Set<String> candidates = Set.copyOf(task.candidates());
            return examples.stream()
                    .filter(example -> candidates.contains(example.answer()))
                    .toList();
        }
        try (LanguageModel model = LanguageModel.open(task.tuning())) {
            List<Predicate<String>> sayable = task.templates().stream()
                    .map(template -> maskFollowsSpace(template, task, model))
                    .distinct()
                    .map(afterSpace -> sayable(model, afterSpace))
                    .toList();
            return examples.stream()
                    .filter(example -> sayable.stream().allMatch(says -> says.test(example.answer())))
                    .toList();
        }
    }

    private static boolean maskFollowsSpace(String template, ClozeTask<?> task, LanguageModel model) {
        return ModelTemplate.of(
                        TaskTemplate.parse(template, task.tuning().method()),
                        model,
                        model.inputLength(task.tuning().maxLength(), Tuning.USUAL_LENGTH))
                .maskFollowsSpace();
    }

    private static Predicate<String> sayable(LanguageModel model, boolean afterSpace) {
        ModelVocabulary vocabulary = new ModelVocabulary(model);
        CompiledVerbalizer<Object> words = CompiledVerbalizer.open(vocabulary, afterSpace);
        return word -> words.labelOf(word, vocabulary, afterSpace).isPresent();
    }

    @Override
    public void close() {
        product.close();
    }
}
