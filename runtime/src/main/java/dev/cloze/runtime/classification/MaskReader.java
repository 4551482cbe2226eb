package dev.cloze.runtime.classification;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.classification.MaskReading.Cut;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.model.TaskTemplate;
import dev.cloze.runtime.template.EncodedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows a template as a model reads it: the text around the mask, the words expected there, and what had no room. */
public final class MaskReader {

    private final MaskFiller filler;

    /** Asks the model of that filler, which stays its caller's. */
    public MaskReader(MaskFiller filler) {
        this.filler = filler;
    }

    /**
     * Reads a template that is filled with these texts.
     *
     * @param template as in {@code @Template}, with one {@code {mask}}
     * @param values the text of every placeholder by path
     * @param top how many tokens are told, 1 to {@link MaskFiller#vocabularySize()}
     * @throws ClozeException TEMPLATE_SYNTAX, TEMPLATE_MISSING_MASK, TEMPLATE_TOO_LONG and what else is wrong with a template,
     *     INPUT_TOO_LONG, MODEL_NOT_FINITE
     */
    public MaskReading read(String template, Map<String, String> values, int top) {
        LanguageModel model = filler.model();
        List<TemplatePart> parts = TaskTemplate.parse(template, TuningMethod.PROMPT_FINE_TUNING);
        ModelTemplate compiled = ModelTemplate.of(parts, model, model.inputLength(0, Tuning.USUAL_LENGTH));
        EncodedText text = compiled.encode(values, 1);
        int mask = text.maskPositions()[0];
        return new MaskReading(
                model.tokenizer().decode(Arrays.copyOfRange(text.ids(), 0, mask)),
                model.tokenizer().decode(Arrays.copyOfRange(text.ids(), mask + 1, text.length())),
                filler.fill(text, top),
                text.cut() ? cuts(compiled, values, text) : List.of());
    }

    /** A text is cut where the model reads the same without its end, or without its beginning. */
    private static List<Cut> cuts(ModelTemplate template, Map<String, String> values, EncodedText whole) {
        List<Cut> cuts = new ArrayList<>();
        values.forEach((placeholder, value) -> {
            Shortening shortening = new Shortening(template, values, placeholder, whole);
            int to = shortening.end();
            int from = to < value.length() ? 0 : shortening.start();
            if (from > 0 || to < value.length()) {
                cuts.add(new Cut(placeholder, from, to));
            }
        });
        return cuts;
    }

    /** Looks for how much of one text the model reads, by halves: what has all that it reads is read the same. */
    private record Shortening(
            ModelTemplate template, Map<String, String> values, String placeholder, EncodedText whole) {

        /** The length of the shortest beginning that is read as the whole is. */
        int end() {
            String value = text();
            int[] ends = wordEnds(value);
            int low = 0;
            int high = ends.length - 1;
            while (low < high) {
                int middle = (low + high) / 2;
                if (isReadTheSame(value.substring(0, ends[middle]))) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return ends[low];
        }

        /** Where the shortest end begins that is read as the whole is. */
        int start() {
            String value = text();
            int[] starts = wordEnds(value);
            int low = 0;
            int high = starts.length - 1;
            while (low < high) {
                int middle = (low + high + 1) / 2;
                if (isReadTheSame(value.substring(starts[middle]))) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return starts[low];
        }

        private String text() {
            String value = values.get(placeholder);
            return value == null ? "" : value;
        }

        private boolean isReadTheSame(String part) {
            Map<String, String> others = new LinkedHashMap<>(values);
            others.put(placeholder, part);
            return Arrays.equals(
                    template.encode(others, whole.maskPositions().length).ids(), whole.ids());
        }

        /** The beginning, the ends of all words, and the end. */
        private static int[] wordEnds(String value) {
            List<Integer> ends = new ArrayList<>(List.of(0));
            for (int i = 1; i < value.length(); i++) {
                if (Character.isWhitespace(value.charAt(i)) && !Character.isWhitespace(value.charAt(i - 1))) {
                    ends.add(i);
                }
            }
            if (!value.isEmpty()) {
                ends.add(value.length());
            }
            return ends.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
