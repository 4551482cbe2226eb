package dev.cloze.runtime.tuning.candidate;

import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tokenizer.Tokenizer;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.SpanTask;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A task as it is asked about each span on one model: its template, in which {@code {span}} is the span. Where a text has no room,
 * as much of it is read as stands around the span; other placeholders that are longer are cut for it to its own length.
 */
public final class CandidateReading {

    private final SpanTask task;
    private final CompiledTask compiled;
    private final List<Placeholder> placeholders;
    private final Tokenizer tokenizer;

    private CandidateReading(
            SpanTask task, CompiledTask compiled, List<Placeholder> placeholders, Tokenizer tokenizer) {
        this.task = task;
        this.compiled = compiled;
        this.placeholders = placeholders;
        this.tokenizer = tokenizer;
    }

    /**
     * Checks the task against the model.
     *
     * @throws ClozeException {@code VERBALIZER_MISSING_LABEL}, {@code TEMPLATE_MISSING_SPAN}, and as {@link CompiledTask#of}
     */
    public static CandidateReading of(SpanTask task, LanguageModel model) {
        LabelTask choice = task.choice();
        String template = choice.templates().get(0).text();
        List<Placeholder> placeholders = TemplateSyntax.parse(template).stream()
                .filter(Placeholder.class::isInstance)
                .map(Placeholder.class::cast)
                .toList();
        if (placeholders.stream().noneMatch(SpanTask::isSpan)) {
            throw new ClozeException(
                    Problem.TEMPLATE_MISSING_SPAN,
                    "The template \"" + template + "\" does not say which span is asked about."
                            + "\n  Write {span} where the span belongs: \"{body|spans} {span} is a {mask} name.\"");
        }
        return new CandidateReading(
                task, CompiledTask.of(choice, choice.templates().get(0), model), placeholders, model.tokenizer());
    }

    /** The choice of a label, compiled. */
    public CompiledTask compiled() {
        return compiled;
    }

    SpanTask task() {
        return task;
    }

    /** How many tokens a word has that goes on in a text. */
    int tokens(String word) {
        return tokenizer.encode(word, false).length;
    }

    /** The text of an input. */
    CandidateText text(Map<String, String> input) {
        return CandidateText.of(input.getOrDefault(task.path(), ""), this);
    }

    /** What is asked about one run of its words. */
    Map<String, String> values(Map<String, String> input, CandidateText text, Candidate candidate) {
        Map<String, String> values = new HashMap<>(input);
        values.put(TemplateSyntax.SPAN, text.text(candidate));
        int room = compiled.template().maxLength()
                - compiled.template()
                        .fixedLength(Math.max(1, compiled.verbalizer().masks()));
        int[] lengths = placeholders.stream()
                .mapToInt(one -> isText(one) ? 0 : tokens(values.getOrDefault(one.path(), "")))
                .toArray();
        int most = room;
        while (most > 1 && needed(lengths, most) > room) {
            most--;
        }
        values.put(task.path(), text.around(candidate, most));
        return values;
    }

    /** What placeholders take of the room beside a text of that length, which is cut before others where it is longer than they are. */
    private int needed(int[] lengths, int text) {
        int sum = 0;
        for (int i = 0; i < lengths.length; i++) {
            Placeholder one = placeholders.get(i);
            boolean whole = one.filters().contains(Filter.Plain.FIXED);
            sum += isText(one) ? text : whole ? lengths[i] : Math.min(lengths[i], text);
        }
        return sum;
    }

    private boolean isText(Placeholder placeholder) {
        return placeholder.path().equals(task.path());
    }
}
