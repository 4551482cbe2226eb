package dev.cloze.runtime.templatesearch;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The T5 of {@code template_writer.py} and the examples of {@code auto_templates.py}. */
final class SearchedReviews {

    static final Path FOLDER = Path.of("src/test/resources/template-search");
    static final String T5 = FOLDER.resolve("t5").toString();
    static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();

    record Pair(String text, String other) {}

    enum Verdict {
        YES,
        NO
    }

    private SearchedReviews() {}

    static ClassificationTask<Review, Sentiment> task(Compat compat) {
        return Reviews.asked("{text|lower} It was {mask}.")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en")
                        .with("compat", compat))
                .build();
    }

    static ClassificationTask<Pair, Verdict> pairs(Compat compat) {
        return ClassificationTask.of(Pair.class, Verdict.class)
                .template("{text|lower}? {sep} {mask}, {other|lower}")
                .placeholder("text", Pair::text)
                .placeholder("other", Pair::other)
                .label(Verdict.YES, "Yes")
                .label(Verdict.NO, "No")
                .tuning(TaskTuning.of(TuningMethod.LM_BFF, "cloze-tiny-en").with("compat", compat))
                .build();
    }

    static LabelTask labelTask(SpanForm form, Compat compat) {
        return LabelTask.of(form == SpanForm.BETWEEN ? pairs(compat) : task(compat));
    }

    /** The reviews, each with the next one, and one that is too long to be read whole. */
    static LabeledValues values() {
        List<String> texts =
                EXAMPLES.stream().map(example -> example.input().text()).collect(Collectors.toList());
        String twice = String.join(" ", texts) + " " + String.join(" ", texts);
        List<Map<String, String>> inputs = new ArrayList<>();
        int[] labels = new int[texts.size() + 1];
        for (int i = 0; i < labels.length; i++) {
            boolean last = i == texts.size();
            inputs.add(Map.of("text", last ? twice : texts.get(i), "other", texts.get((i + 1) % texts.size())));
            labels[i] = last ? 0 : EXAMPLES.get(i).label().ordinal();
        }
        return new LabeledValues(inputs, labels);
    }

    static JsonElement expected(String transformers, Compat compat, SpanForm form) throws IOException {
        return JsonParser.parseString(Files.readString(FOLDER.resolve("transformers-" + transformers + ".json")))
                .getAsJsonObject()
                .getAsJsonObject(compat.name())
                .get(form.name());
    }
}
