package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.template.EncodedText;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Inputs as texts with as many masks as are asked for, with a memory of which of them were cut: more masks leave less room,
 * so that an input can fit as one text and not as another.
 */
public final class EncodedInputs implements IntFunction<List<EncodedText>> {

    private final InputEncoding places;
    private final IntFunction<List<List<EncodedText>>> texts;
    private final boolean[] cut;
    private final Map<Integer, List<EncodedText>> known = new ConcurrentHashMap<>();

    /** Inputs, of which nothing is encoded yet. */
    public EncodedInputs(InputEncoding encoding, List<Map<String, String>> inputs) {
        this.places = encoding.inPlacesOf(inputs);
        this.texts = places.of(inputs);
        this.cut = new boolean[inputs.size()];
    }

    /** The same with this content in the place of each input, beside what is read with that input. */
    public EncodedInputs withContent(Map<String, String> content) {
        return new EncodedInputs(places, Collections.nCopies(size(), content));
    }

    /** How many inputs there are. */
    public int size() {
        return cut.length;
    }

    /** All inputs with so many masks: of each all its texts, one input after the other. */
    @Override
    public List<EncodedText> apply(int masks) {
        return known.computeIfAbsent(masks, this::encoded);
    }

    private List<EncodedText> encoded(int masks) {
        List<List<EncodedText>> byInput = texts.apply(masks);
        for (int i = 0; i < cut.length; i++) {
            cut[i] |= byInput.get(i).stream().anyMatch(EncodedText::cut);
        }
        return byInput.stream().flatMap(List::stream).toList();
    }

    /** Refuses an input without room for so many masks: {@code INPUT_TOO_LONG}. */
    public void requireRoom(int masks) {
        var unused = texts.apply(masks);
    }

    /**
     * What each input is given on average over its texts.
     *
     * @param byText what each text is given, in the order of {@link #apply}
     */
    public float[][] averaged(float[][] byText) {
        int each = cut.length == 0 ? 1 : byText.length / cut.length;
        float[][] averaged = new float[cut.length][];
        for (int i = 0; i < cut.length; i++) {
            averaged[i] = mean(byText, i * each, each);
        }
        return averaged;
    }

    private static float[] mean(float[][] rows, int from, int count) {
        if (count == 1) {
            return rows[from];
        }
        float[] mean = new float[rows[from].length];
        for (int column = 0; column < mean.length; column++) {
            double sum = 0;
            for (int row = from; row < from + count; row++) {
                sum += rows[row][column];
            }
            mean[column] = (float) (sum / count);
        }
        return mean;
    }

    /** Whether this input lost a part in any of the texts so far. */
    public boolean isCut(int input) {
        return cut[input];
    }

    /** The share of inputs that did, 0 to 1. */
    public double cutShare() {
        return IntStream.range(0, cut.length).filter(this::isCut).count() / (double) cut.length;
    }
}
