package dev.cloze.runtime.workbench;

import dev.cloze.problem.NearestName;
import dev.cloze.runtime.workbench.request.Fields;
import dev.cloze.runtime.workbench.request.Refused;
import dev.cloze.runtime.workbench.task.JavaSource;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What a workbench is asked in JSON, by name, and what it answers. */
public final class Questions {

    private final Workbench workbench;
    private final Map<String, Function<Fields, CompletableFuture<Map<String, Object>>>> all = new TreeMap<>();

    /**
     * Those about this workbench.
     *
     * @param mostExamples that templates are tried on at once
     */
    public Questions(Workbench workbench, int mostExamples) {
        this.workbench = workbench;
        Readings readings = new Readings(workbench);
        all.put("fill-mask", readings::fillMask);
        all.put("read", readings::read);
        all.put("evaluate", new Trials(workbench, mostExamples)::evaluate);
        all.put("java", this::java);
    }

    /**
     * The answer in time.
     *
     * @param question {@code fill-mask}: what the model expects at the mask of a text; {@code read}: the same for templates, with
     *     labels; {@code evaluate}: how many examples templates get right; {@code java}: the annotated class
     * @throws Refused where it is none of these or its fields are not as they should be; SERVING_OVERLOADED, PIPELINE_CLOSED
     */
    public CompletableFuture<Map<String, Object>> ask(String question, Fields fields) {
        Function<Fields, CompletableFuture<Map<String, Object>>> answering = all.get(question);
        if (answering == null) {
            throw Refused.noPath("Nothing answers to " + question + ".\n  "
                    + NearestName.suggestion(question, all.keySet()) + " There are: "
                    + String.join(", ", all.keySet()) + ".");
        }
        return answering.apply(fields);
    }

    /** {@code {"name": "com.acme.Review", "templates": [...], "labels": {...}}}: the annotated class. */
    private CompletableFuture<Map<String, Object>> java(Fields fields) {
        fields.named(List.of("name", "templates", "labels"));
        List<String> templates = Readings.templates(fields);
        SpokenTask one = workbench.task(templates.get(0), fields.textLists("labels"));
        SpokenTask all = one.withTemplates(templates);
        return CompletableFuture.completedFuture(Map.of("source", JavaSource.of(all, fields.text("name"))));
    }
}
