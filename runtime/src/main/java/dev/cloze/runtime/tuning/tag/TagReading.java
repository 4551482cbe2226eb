package dev.cloze.runtime.tuning.tag;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplatePart.Mask;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.data.Word;
import dev.cloze.runtime.data.Words;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tokenizer.Tokenizer;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SpanTask;
import dev.cloze.runtime.tuning.reading.PlaceholderReading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A task as a head that tags tokens reads it on one model: the first template's placeholders in their segments, and of the text
 * whose spans are labelled each word by itself, as transformers reads texts that are split into words.
 *
 * <p>A text for which there is no room is read in windows; other placeholders are cut for it to half of the room at most.
 */
public final class TagReading {

    private final SpanTask task;
    private final PlaceholderReading reading;
    private final ModelTemplate template;
    private final Tokenizer tokenizer;
    private final ClassifierHead shape;
    private final boolean begins;
    private final boolean shares;

    private TagReading(SpanTask task, PlaceholderReading reading, LanguageModel model, int length) {
        // The places of masks are those of the text's tokens, which then take their place.
        List<TemplatePart> parts =
                reading.parts().stream().map(TagReading::maskForText).toList();
        this.task = task;
        this.reading = reading;
        this.template = ModelTemplate.of(parts, model, length);
        this.tokenizer = model.tokenizer();
        this.shape = model.backbone().classifier().ofTokens();
        this.begins = parts.get(0) instanceof Mask;
        this.shares = parts.stream()
                .noneMatch(part ->
                        part instanceof Placeholder other && other.filters().contains(Filter.Plain.FIXED));
    }

    /**
     * Checks the task against the model.
     *
     * @param prefix places of a prefix before each input, which count among its tokens; 0 for none
     * @throws ClozeException {@code TUNING_BACKBONE_UNSUPPORTED} where it is no encoder, and as {@link ModelTemplate#of} and {@link
     *     LanguageModel#inputLength}
     */
    public static TagReading of(SpanTask task, LanguageModel model, int prefix) {
        if (model.backbone().kind() != BackboneKind.ENCODER) {
            throw new ClozeException(
                    Problem.TUNING_BACKBONE_UNSUPPORTED,
                    "The model " + model.folder().name()
                            + " can't tag words: it is no encoder, and what it makes of a word"
                            + " knows nothing of those behind it.\n  Choose an encoder, such as BERT, or a method that"
                            + " asks about each span.");
        }
        PlaceholderReading reading = PlaceholderReading.of(task.labels(), placeholder -> !SpanTask.isSpan(placeholder));
        int length = model.inputLength(task.tuning().maxLength(), Tuning.USUAL_LENGTH, prefix);
        return new TagReading(task, reading, model, length);
    }

    private static TemplatePart maskForText(TemplatePart part) {
        return part instanceof Placeholder placeholder && SpanTask.isText(placeholder) ? new Mask(part.column()) : part;
    }

    SpanTask task() {
        return task;
    }

    /** The shape of the head: labels are those of words. */
    ClassifierHead shape() {
        return shape;
    }

    /** How many tags there are. */
    int tags() {
        return BioTags.count(task.labels().labels().size());
    }

    /** Tokens of an input at most. */
    int maxLength() {
        return template.maxLength();
    }

    /** What a saved pipeline says of the template. */
    ProductIdentity.Template identity() {
        return reading.identity();
    }

    /** An input, encoded. */
    TaggedText read(Map<String, String> input) {
        String text = input.getOrDefault(task.path(), "");
        List<Word> words = new ArrayList<>();
        List<int[]> tokens = new ArrayList<>();
        Word before = null;
        for (Word word : Words.of(text)) {
            int[] ids = before == null
                    ? encodeFirst(text.substring(word.start(), word.end()))
                    : encode(text.substring(word.start(), word.end()), !Words.touch(before, word));
            before = word;
            if (ids.length > 0) {
                words.add(word);
                tokens.add(ids);
            }
        }
        return new TaggedText(List.copyOf(words), tokens.isEmpty() ? List.of() : windows(input, tokens));
    }

    private int[] encodeFirst(String word) {
        return begins ? tokenizer.encode(word, true) : encode(word, template.maskFollowsSpace());
    }

    private int[] encode(String word, boolean behindSpace) {
        return tokenizer.encode(behindSpace ? " " + word : word, false);
    }

    private List<TagWindow> windows(Map<String, String> input, List<int[]> tokens) {
        int room = room(input);
        int[] lengths =
                tokens.stream().mapToInt(ids -> Math.min(room, ids.length)).toArray();
        return Windows.of(lengths, room).stream()
                .map(window -> window(input, tokens, lengths, window))
                .toList();
    }

    /** Tokens of the text in one window: what the others leave, or half of it all where that is more and they can be cut. */
    private int room(Map<String, String> input) {
        int others = template.encode(input, 1).length() - 1;
        int left = template.maxLength() - others;
        int half = (template.maxLength() - template.fixedLength(0)) / 2;
        return shares ? Math.max(left, Math.max(1, half)) : left;
    }

    private TagWindow window(Map<String, String> input, List<int[]> tokens, int[] lengths, Windows.Window window) {
        int[] ids = new int[Arrays.stream(lengths, window.from(), window.to()).sum()];
        int[] firsts = new int[window.ownTo() - window.ownFrom()];
        int end = 0;
        for (int i = window.from(); i < window.to(); i++) {
            if (i >= window.ownFrom() && i < window.ownTo()) {
                firsts[i - window.ownFrom()] = end;
            }
            System.arraycopy(tokens.get(i), 0, ids, end, lengths[i]);
            end += lengths[i];
        }
        EncodedText text = template.encode(input, ids.length);
        int[] places =
                Arrays.stream(firsts).map(first -> text.maskPositions()[first]).toArray();
        EncodedText whole = text.filled(ids);
        return new TagWindow(new TokenRow(whole.ids(), whole.segmentIds(), places), window.ownFrom(), text.cut());
    }
}
