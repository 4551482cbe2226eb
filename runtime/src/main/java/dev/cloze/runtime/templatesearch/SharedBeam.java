package dev.cloze.runtime.templatesearch;

import dev.cloze.runtime.backbone.NextTokens;
import dev.cloze.runtime.backbone.SharedDecoding;
import dev.cloze.runtime.backbone.SharedRoom;
import dev.cloze.runtime.backbone.TextBackbone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * One beam over all examples (Gao et al. 2021, LM-BFF, arXiv 2012.15723, equation 5): writes the two spans around a label word
 * that all examples together find likeliest, sum over the tokens and the examples of log P(t_j | t_1 .. t_{j-1}, example).
 *
 * <p>With {@code byLogits} a token counts log softmax of the mean over the examples of their logits, as in the authors' code.
 * A span ends at its sentinel or the end of the text; what has both spans stays in the beam and is not written on.
 */
final class SharedBeam {

    /** Tokens tried with each line beyond as many as there are lines, of which some may be forbidden. */
    private static final int MORE = 3;

    private static final Comparator<Line> BEST_FIRST = Comparator.comparingDouble((Line line) -> -line.sum());

    private final TextBackbone backbone;
    private final Sentinels sentinels;
    private final int width;
    private final int most;
    private final boolean byLogits;
    private final SharedRoom room;

    /**
     * @param width lines kept
     * @param most tokens of both spans with their sentinels
     */
    SharedBeam(TextBackbone backbone, Sentinels sentinels, int width, int most, boolean byLogits, SharedRoom room) {
        this.backbone = backbone;
        this.sentinels = sentinels;
        this.width = width;
        this.most = most;
        this.byLogits = byLogits;
        this.room = room;
    }

    /**
     * A line of the beam.
     *
     * @param tokens all it has written
     * @param sum of its tokens' logarithms
     * @param span which span is being written, 1 or 2; 3 where both are
     * @param parent the place of the line it continues among those that were open before
     */
    record Line(int[] tokens, double sum, int span, int parent) {

        boolean isOpen() {
            return span <= 2;
        }

        private int last() {
            return tokens.length == 0 ? -1 : tokens[tokens.length - 1];
        }
    }

    /**
     * The lines in the beam when all are finished or as long as they may be, the best first; of equals the one found first.
     *
     * @param wrote told of each token
     */
    List<Line> write(List<int[]> prompts, IntConsumer wrote) {
        List<Line> lines = List.of(new Line(new int[0], 0, 1, 0));
        try (SharedDecoding decoding = new SharedDecoding(backbone, prompts, width, most, byLogits, room)) {
            for (int written = 0; written < most; written++) {
                List<Line> open = lines.stream().filter(Line::isOpen).toList();
                if (open.isEmpty()) {
                    break;
                }
                List<NextTokens> next = decoding.next(
                        open.stream().map(Line::tokens).toList(),
                        open.stream().mapToInt(Line::parent).toArray(),
                        width + MORE);
                List<Line> longer = longer(lines, next);
                if (longer.isEmpty()) {
                    break;
                }
                longer.sort(BEST_FIRST);
                lines = List.copyOf(longer.subList(0, Math.min(width, longer.size())));
                wrote.accept(written + 1);
            }
        }
        return lines;
    }

    private List<Line> longer(List<Line> lines, List<NextTokens> next) {
        List<Line> longer = new ArrayList<>();
        int place = 0;
        for (Line line : lines) {
            if (!line.isOpen()) {
                longer.add(line);
                continue;
            }
            NextTokens after = next.get(place);
            for (int i = 0; i < after.tokens().length; i++) {
                int token = after.tokens()[i];
                if (isAllowed(line, token)) {
                    longer.add(with(line, token, after.logs()[i], place));
                }
            }
            place++;
        }
        return longer;
    }

    private boolean isAllowed(Line line, int token) {
        return !sentinels.forbidden().contains(token)
                && !(token == sentinels.fullStop() && line.last() == sentinels.fullStop());
    }

    private Line with(Line line, int token, double log, int place) {
        int[] tokens = Arrays.copyOf(line.tokens(), line.tokens().length + 1);
        tokens[line.tokens().length] = token;
        int span = line.span() + (sentinels.ends(token, line.span()) ? 1 : 0);
        return new Line(tokens, line.sum() + log, span, place);
    }
}
