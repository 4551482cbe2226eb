package dev.cloze.runtime.backbone.joint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextBackbone;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Texts of several callers that are written together. Those who have a part of it all go on in the same round; the prompts of
 * those who have closed theirs are left out from the next round on.
 */
final class JointDecoding {

    private final Decoding decoding;
    private final List<DecodingPart> parts = new ArrayList<>();
    private int open;

    /** Rows that each prompt has; what a caller has fewer of repeats its last. */
    private int width = 1;

    private JointDecoding(Decoding decoding) {
        this.decoding = decoding;
    }

    /** Reads the prompts of all, and gives each its part. */
    static void read(TextBackbone backbone, List<ReadCall> calls) {
        List<int[]> prompts = new ArrayList<>();
        List<Injection> each = new ArrayList<>();
        for (ReadCall call : calls) {
            prompts.addAll(call.prompts);
            each.addAll(Collections.nCopies(call.prompts.size(), call.injection));
        }
        int most = calls.stream().mapToInt(call -> call.most).max().orElseThrow();
        JointDecoding whole;
        try (NDManager scope = backbone.memory().newSubManager()) {
            JointInjection joint = JointInjection.of(scope, each);
            for (int p = 0; p < prompts.size(); p++) {
                prompts.set(p, joint.ids(p, prompts.get(p)));
            }
            whole = new JointDecoding(backbone.read(prompts, most, joint.injection()));
        }
        int first = 0;
        for (ReadCall call : calls) {
            DecodingPart part = new DecodingPart(
                    whole, call.meeting, backbone.memory().newSubManager(), first, call.prompts.size());
            whole.parts.add(part);
            first += call.prompts.size();
        }
        whole.open = calls.size();
        for (int i = 0; i < calls.size(); i++) {
            calls.get(i).give(whole.parts.get(i));
        }
    }

    /** Goes on with what those ask for who have a part of one decoding. */
    static void step(List<StepCall> calls) {
        JointDecoding whole = calls.get(0).part.whole();
        if (calls.size() != whole.open) {
            throw new IllegalStateException(whole.open + " texts are written together, but " + calls.size() + " go on");
        }
        List<StepCall> inOrder = calls.stream()
                .sorted((one, other) -> Integer.compare(one.part.first(), other.part.first()))
                .toList();
        int wider = inOrder.stream()
                .mapToInt(call -> call.part.widthOf(call.parents))
                .max()
                .orElseThrow();
        List<Integer> parents = new ArrayList<>();
        List<Integer> tokens = new ArrayList<>();
        for (StepCall call : inOrder) {
            call.part.add(call, whole.width, wider, parents, tokens);
        }
        whole.decoding.advance(numbers(parents), numbers(tokens));
        whole.width = wider;
        int first = 0;
        for (StepCall call : inOrder) {
            first = call.part.moved(call.parents, first);
        }
        calls.forEach(call -> call.give(true));
    }

    private static int[] numbers(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Raw logits of all rows, until the next round. */
    NDArray logits() {
        return decoding.logits();
    }

    int width() {
        return width;
    }

    /** Bytes that so many of the rows take. */
    long cacheBytes(int rows) {
        return decoding.cacheBytes() * rows / decoding.rows();
    }

    /** One who had a part has closed it; the last one's frees the memory of all. */
    synchronized void leave() {
        open--;
        if (open == 0) {
            decoding.close();
        }
    }
}
