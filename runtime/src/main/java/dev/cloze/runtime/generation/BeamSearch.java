package dev.cloze.runtime.generation;

import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.backbone.Blocked;
import dev.cloze.runtime.backbone.Continuations;
import dev.cloze.runtime.backbone.Decoding;
import java.util.ArrayList;
import java.util.List;

/** Beam search: several texts a prompt side by side, the best of all their continuations each time. */
final class BeamSearch {

    private final Writing writing;
    private final Decoding decoding;
    private List<Beams> open = new ArrayList<>();

    private BeamSearch(Writing writing, Decoding decoding) {
        this.writing = writing;
        this.decoding = decoding;
    }

    /**
     * Writes after each prompt of the batch.
     *
     * @param decoding with a row for each of them
     * @param before the tokens before each one's first
     */
    static void write(Writing writing, PromptBatch batch, Decoding decoding, List<int[]> before) {
        BeamSearch search = new BeamSearch(writing, decoding);
        for (int row = 0; row < before.size(); row++) {
            search.open.add(new Beams(writing, batch.prompts()[row], before.get(row), batch.most()));
        }
        search.run();
    }

    private void run() {
        for (int written = 0; ; written++) {
            FinishReason interrupted = writing.interruption().reason();
            if (interrupted != null) {
                open.forEach(beams -> beams.interrupt(interrupted));
                open.forEach(Beams::end);
                return;
            }
            int[] parents = goOn(written);
            if (open.isEmpty()) {
                return;
            }
            decoding.advance(parents, tokens());
        }
    }

    /** Takes a step with all prompts, closes those that are finished, and tells whose row each present beam continues. */
    private int[] goOn(int written) {
        int width = open.get(0).present().size();
        Continuations best =
                writing.selection().best(decoding, open.size(), sums(width), candidates(), blocked(written, width));
        List<Beams> left = new ArrayList<>();
        IntList parents = new IntList();
        for (int p = 0; p < open.size(); p++) {
            Beams beams = open.get(p);
            if (beams.goOn(best, p * best.each())) {
                left.add(beams);
                for (Beam beam : beams.present()) {
                    parents.add(p * width + beam.row());
                }
            } else {
                beams.end();
            }
        }
        open = left;
        return parents.toArray();
    }

    /** So many that, were every end among them, there would still be one for each beam that goes on. */
    private int candidates() {
        return Math.max(2, 1 + writing.ends().length) * writing.options().beams();
    }

    private Blocked blocked(int written, int width) {
        return writing.blocking()
                .now(written, open.size() * width, row -> open.get(row / width).context(row % width));
    }

    private float[] sums(int width) {
        float[] sums = new float[open.size() * width];
        for (int r = 0; r < sums.length; r++) {
            sums[r] = open.get(r / width).present().get(r % width).sum();
        }
        return sums;
    }

    private int[] tokens() {
        return open.stream()
                .flatMap(beams -> beams.present().stream())
                .mapToInt(Beam::token)
                .toArray();
    }
}
