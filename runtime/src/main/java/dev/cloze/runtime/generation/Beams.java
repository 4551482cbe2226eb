package dev.cloze.runtime.generation;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.GenerationOptions.EarlyStopping;
import dev.cloze.runtime.backbone.Continuations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The beams of one prompt, present and finished, as Hugging Face transformers keeps them: sums are float32, finished texts
 * compare by their sum over their length to the power of the penalty, and only continuations among the best as many as
 * there are beams may finish.
 */
final class Beams {

    /** The score of a finished text that is not there yet. */
    private static final float NONE_YET = -1e9f;

    private final Writing writing;
    private final int prompt;
    private final int[] before;
    private final PromptEnd promptEnd;
    private final int most;
    private final int width;
    private final List<Finished> finished = new ArrayList<>();
    private List<Beam> present = List.of(Beam.EMPTY);

    private record Finished(Beam beam, float score, FinishReason reason) {}

    /**
     * Beams of one prompt.
     *
     * @param before the tokens before their first one
     * @param most how many tokens they may have
     */
    Beams(Writing writing, int prompt, int[] before, int most) {
        this.writing = writing;
        this.prompt = prompt;
        this.before = before;
        this.promptEnd = PromptEnd.of(writing.tokenizer(), before);
        this.most = most;
        this.width = writing.options().beams();
    }

    /** One for each row: before the first step there is one only. */
    List<Beam> present() {
        return present;
    }

    /** All tokens of a present beam, or null where it only fills a row. */
    int @Nullable [] context(int row) {
        Beam beam = present.get(row);
        return beam.sum() == Float.NEGATIVE_INFINITY ? null : beam.after(before);
    }

    /**
     * Goes on with the best of these continuations.
     *
     * @param from where this prompt's begin
     * @return whether better texts than the finished ones may still come
     */
    boolean goOn(Continuations best, int from) {
        List<Beam> next = new ArrayList<>(width);
        for (int i = 0; i < best.each() && (i < width || next.size() < width); i++) {
            float sum = best.sums()[from + i];
            if (sum == Float.NEGATIVE_INFINITY) {
                break;
            }
            int row = best.rows()[from + i];
            Beam beam = present.get(row).then(best.tokens()[from + i], sum, row);
            FinishReason reason = reasonToEnd(beam);
            if (reason == null) {
                if (next.size() < width) {
                    next.add(beam);
                }
            } else if (i < width) {
                finish(beam, reason);
            }
        }
        if (next.isEmpty()) {
            if (finished.isEmpty()) {
                throw writing.nothingAllowed(prompt, present.get(0).length());
            }
            return false;
        }
        present = next;
        while (next.size() < width) {
            next.add(next.get(0).asFiller());
        }
        return canImprove();
    }

    private @Nullable FinishReason reasonToEnd(Beam beam) {
        if (writing.isEnd(beam.token())) {
            return FinishReason.END;
        }
        if (!writing.stops().isEmpty() && writing.isStopped(promptEnd, beam.after(new int[0]))) {
            return FinishReason.STOP_WORD;
        }
        return beam.length() >= most ? FinishReason.MAX_TOKENS : null;
    }

    private void finish(Beam beam, FinishReason reason) {
        float score = score(beam.sum(), beam.length());
        int at = finished.size();
        while (at > 0 && finished.get(at - 1).score() < score) {
            at--;
        }
        finished.add(at, new Finished(beam, score, reason));
        if (finished.size() > width) {
            finished.remove(width);
        }
    }

    private float score(float sum, int length) {
        return length == 0
                ? 0
                : sum / (float) Math.pow(length, writing.options().lengthPenalty());
    }

    /** Whether the best present beam, at the length the options have in mind, beats the worst finished text. */
    private boolean canImprove() {
        GenerationOptions options = writing.options();
        boolean full = finished.size() == width;
        if (full && options.earlyStopping() == EarlyStopping.TRUE) {
            return false;
        }
        Beam best = present.get(0);
        boolean longer = options.earlyStopping() == EarlyStopping.NEVER && options.lengthPenalty() > 0;
        float reachable = score(best.sum(), longer ? most : best.length());
        return reachable > (full ? finished.get(width - 1).score() : NONE_YET);
    }

    /** Ends the present beams where they are; while they are fewer than the texts asked for, the last counts several times. */
    void interrupt(FinishReason reason) {
        for (Beam beam : present) {
            if (beam.sum() != Float.NEGATIVE_INFINITY) {
                finish(beam, reason);
            }
        }
        while (finished.size() < writing.options().sequences()) {
            finished.add(finished.get(finished.size() - 1));
        }
    }

    /** Stores the best finished texts. */
    void end() {
        List<Generated> texts = finished.stream()
                .limit(writing.options().sequences())
                .map(this::generated)
                .toList();
        writing.results().set(prompt, texts);
        writing.tellWhole(prompt, texts.get(0).text());
    }

    private Generated generated(Finished text) {
        boolean ended = text.reason() == FinishReason.END;
        int[] ids = ended ? text.beam().withoutEnd() : text.beam().after(new int[0]);
        return writing.generated(promptEnd, ids, text.beam().sum(), text.reason());
    }
}
