package dev.cloze.runtime.tuning.candidate;

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
import java.util.Map;

/**
 * A task as it is asked about each span on one model: its template, in which {@code {span}} is the span. Where a text has no room,
 * as much of it is read as stands around the span; other placeholders are cut for it to half of the room at most.
 */
public final class CandidateReading {

    private final SpanTask task;
    private final CompiledTask compiled;
    private final Tokenizer tokenizer;

    private CandidateReading(SpanTask task, CompiledTask compiled, Tokenizer tokenizer) {
        this.task = task;
        this.compiled = compiled;
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
        boolean asks = TemplateSyntax.parse(template).stream()
                .anyMatch(part -> part instanceof Placeholder placeholder && SpanTask.isSpan(placeholder));
        if (!asks) {
            throw new ClozeException(
                    Problem.TEMPLATE_MISSING_SPAN,
                    "The template \"" + template + "\" does not say which span is asked about."
                            + "\n  Write {span} where the span belongs: \"{body|spans} {span} is a {mask} name.\"");
        }
        return new CandidateReading(
                task, CompiledTask.of(choice, choice.templates().get(0), model), model.tokenizer());
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
        values.put(task.path(), "");
        int masks = Math.max(1, compiled.verbalizer().masks());
        int length = compiled.template().maxLength();
        int left = length - compiled.template().encode(values, masks).length();
        int half = (length - compiled.template().fixedLength(masks)) / 2;
        values.put(task.path(), text.around(candidate, Math.max(left, half)));
        return values;
    }
}
