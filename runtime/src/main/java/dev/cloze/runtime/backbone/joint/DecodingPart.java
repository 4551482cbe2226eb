package dev.cloze.runtime.backbone.joint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.TokenIds;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One caller's rows of texts that are written together with others'. */
final class DecodingPart implements Decoding {

    private final JointDecoding whole;
    private final Meeting meeting;
    private final NDManager memory;

    /** The place of its first prompt among all. */
    private int first;

    private int prompts;
    private int width = 1;
    private @Nullable NDArray logits;
    private boolean closed;

    /** @param memory of its own */
    DecodingPart(JointDecoding whole, Meeting meeting, NDManager memory, int first, int prompts) {
        this.whole = whole;
        this.meeting = meeting;
        this.memory = memory;
        this.first = first;
        this.prompts = prompts;
    }

    JointDecoding whole() {
        return whole;
    }

    int first() {
        return first;
    }

    @Override
    public int rows() {
        return prompts * width;
    }

    @Override
    public NDArray logits() {
        NDArray known = logits;
        if (known == null) {
            int wide = whole.width();
            known = wide == width
                    ? whole.logits().get(new NDIndex(first * wide + ":" + (first + prompts) * wide))
                    : whole.logits()
                            .get(TokenIds.of(
                                    memory,
                                    IntStream.range(0, rows())
                                            .map(row -> place(row, wide))
                                            .toArray()));
            known.attach(memory);
            logits = known;
        }
        return known;
    }

    /** The place of one of its rows among all, each prompt having that many. */
    private int place(int row, int wide) {
        return (first + row / width) * wide + row % width;
    }

    @Override
    public void advance(int[] parents, int[] tokens) {
        if (parents.length != tokens.length || parents.length == 0) {
            throw new IllegalArgumentException(parents.length + " parents, but " + tokens.length + " tokens");
        }
        meeting.ask(new StepCall(this, parents, tokens));
        NDArray before = logits;
        if (before != null) {
            before.close();
            logits = null;
        }
    }

    /** How many rows each prompt has that goes on. */
    int widthOf(int[] parents) {
        return parents.length / count(parents);
    }

    private int count(int[] parents) {
        return (int)
                Arrays.stream(parents).map(parent -> parent / width).distinct().count();
    }

    /**
     * Adds its rows to those of all.
     *
     * @param before rows that each prompt of all has
     * @param after rows that each prompt will have; the last of its own is repeated to have as many
     */
    void add(StepCall call, int before, int after, List<Integer> parents, List<Integer> tokens) {
        int own = widthOf(call.parents);
        for (int prompt = 0; prompt < call.parents.length / own; prompt++) {
            for (int slot = 0; slot < after; slot++) {
                int row = prompt * own + Math.min(slot, own - 1);
                parents.add(place(call.parents[row], before));
                tokens.add(call.tokens[row]);
            }
        }
    }

    /** Its rows stand at that prompt from now on; the place behind them. */
    int moved(int[] parents, int place) {
        int left = count(parents);
        width = parents.length / left;
        prompts = left;
        first = place;
        return place + left;
    }

    @Override
    public long cacheBytes() {
        return closed ? 0 : whole.cacheBytes(prompts * whole.width());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.close();
            whole.leave();
        }
    }
}
