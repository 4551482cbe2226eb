package dev.cloze.runtime.tuning.head;

import dev.cloze.annotations.Tuning;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.reading.PlaceholderReading;
import dev.cloze.runtime.tuning.reading.TextStates;
import java.util.List;
import java.util.Map;

/**
 * A task as a head on one model reads it: the first template's placeholders in their segments, encoded, and the hidden state
 * that stands for them: that of the token which the architecture's published classifiers read, or the mean over all.
 */
public final class HeadReading {

    private final LabelTask task;
    private final PlaceholderReading reading;
    private final ModelTemplate template;
    private final TextStates states;
    private final ClassifierHead shape;

    private HeadReading(
            LabelTask task,
            PlaceholderReading reading,
            ModelTemplate template,
            TextStates states,
            ClassifierHead shape) {
        this.task = task;
        this.reading = reading;
        this.template = template;
        this.states = states;
        this.shape = shape;
    }

    /**
     * Checks the task against the model.
     *
     * @throws dev.cloze.problem.ClozeException as {@link PlaceholderReading#of}, {@link ModelTemplate#of} and {@link
     *     LanguageModel#inputLength}
     */
    public static HeadReading of(LabelTask task, LanguageModel model, StatePooling pooling) {
        return behindPrefix(task, model, pooling, 0);
    }

    /** The same of texts as sentence vectors are made of them. */
    public static HeadReading ofVectors(LabelTask task, LanguageModel model, TextStates states) {
        return of(task, model, states, 0);
    }

    /** The same behind a prefix of that length, whose places count among the tokens of an input. */
    public static HeadReading behindPrefix(LabelTask task, LanguageModel model, StatePooling pooling, int prefix) {
        return of(task, model, new TextStates(pooling, false), prefix);
    }

    private static HeadReading of(LabelTask task, LanguageModel model, TextStates states, int prefix) {
        PlaceholderReading reading = PlaceholderReading.of(task);
        int length = model.inputLength(task.tuning().maxLength(), Tuning.USUAL_LENGTH, prefix);
        ClassifierHead published = model.backbone().classifier();
        return new HeadReading(
                task,
                reading,
                states.template(reading.parts(), model, length),
                states,
                states.pooling() == StatePooling.MEAN ? published.withoutDense() : published);
    }

    /** The task. */
    public LabelTask task() {
        return task;
    }

    /** Which hidden states it reads. */
    public StatePooling pooling() {
        return states.pooling();
    }

    /** The same, with whether a decoder's texts end. */
    public TextStates states() {
        return states;
    }

    /** The shape of its head: a mean has no layer before the labels. */
    public ClassifierHead shape() {
        return shape;
    }

    /** How many labels there are. */
    public int labels() {
        return task.labels().size();
    }

    /** Tokens of an input at most. */
    public int maxLength() {
        return template.maxLength();
    }

    /** What a saved pipeline says of the template. */
    public ProductIdentity.Template identity() {
        return reading.identity();
    }

    /** An input, encoded. */
    public EncodedText encode(Map<String, String> input) {
        return template.encode(input, 0);
    }

    /** The text as the backbone takes it, asking for the state that the head reads. */
    public TokenRow row(EncodedText text) {
        return ModelTemplate.row(text, shape.place(text.length()));
    }

    /** All of them. */
    public List<TokenRow> rows(List<EncodedText> texts) {
        return texts.stream().map(this::row).toList();
    }
}
