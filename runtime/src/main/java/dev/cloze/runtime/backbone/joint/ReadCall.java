package dev.cloze.runtime.backbone.joint;

import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Injection;
import java.util.List;

/** Asks to read prompts and to stand ready to write after them, see {@link dev.cloze.runtime.backbone.TextBackbone#read}. */
final class ReadCall extends Call<Decoding> {

    final Meeting meeting;
    final List<int[]> prompts;
    final int most;
    final int width;
    final Injection injection;

    /** @param width how many rows each prompt may come to have */
    ReadCall(Meeting meeting, List<int[]> prompts, int most, int width, Injection injection) {
        this.meeting = meeting;
        this.prompts = prompts;
        this.most = most;
        this.width = width;
        this.injection = injection;
    }

    /** Tokens of the longest prompt. */
    int longest() {
        return prompts.stream().mapToInt(prompt -> prompt.length).max().orElseThrow();
    }
}
