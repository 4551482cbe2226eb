package dev.cloze.quarkus.dev;

import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.FoundSpan;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.TextPipeline;
import java.util.List;

/**
 * What a pipeline answers.
 *
 * @param text what comes of it in short
 * @param parts what is told beside it: labels or words with their probabilities, 0 to 1, the greatest first
 * @param failure why there is no answer, or ""
 */
public record DevAnswer(String text, List<Part> parts, String failure) {

    private static final int WORDS = 10;

    /**
     * A label, a word or a span.
     *
     * @param name of it
     * @param probability 0 to 1
     */
    public record Part(String name, double probability) {}

    static DevAnswer failed(String why) {
        return new DevAnswer("", List.of(), why);
    }

    @SuppressWarnings("unchecked") // the input was made of the task's class
    static DevAnswer of(AutoCloseable pipeline, Object input) {
        if (pipeline instanceof PromptPipeline<?, ?> labels) {
            return of(((PromptPipeline<Object, Object>) labels).predict(input));
        }
        if (pipeline instanceof RegressionPipeline<?> numbers) {
            return told(Double.toString(((RegressionPipeline<Object>) numbers).predict(input)), List.of());
        }
        if (pipeline instanceof ClozePipeline<?> words) {
            var answer = ((ClozePipeline<Object>) words).predict(input);
            return told(
                    answer.best(),
                    answer.top(WORDS).stream()
                            .map(word -> new Part(word.word(), word.probability()))
                            .toList());
        }
        if (pipeline instanceof ExtractionPipeline<?, ?> spans) {
            List<FoundSpan<Object>> found = ((ExtractionPipeline<Object, Object>) spans).extract(input);
            return told(
                    found.size() + " spans",
                    found.stream()
                            .map(span -> new Part(span.label() + ": " + span.text(), span.probability()))
                            .toList());
        }
        return told(((TextPipeline<Object>) pipeline).generate(input), List.of());
    }

    private static DevAnswer of(Prediction<Object> prediction) {
        return told(
                String.valueOf(prediction.label()),
                prediction.probabilities().entrySet().stream()
                        .map(label -> new Part(String.valueOf(label.getKey()), label.getValue()))
                        .sorted((one, other) -> Double.compare(other.probability(), one.probability()))
                        .toList());
    }

    private static DevAnswer told(String text, List<Part> parts) {
        return new DevAnswer(text, parts, "");
    }
}
