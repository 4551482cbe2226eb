package dev.cloze.runtime.backbone.joint;

import dev.cloze.runtime.backbone.TextBackbone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which of the texts that several want to write are written together. */
final class ReadGroups {

    /** Tokens read at once at most, padding included. */
    private static final int MOST_TOKENS = 16_384;

    private ReadGroups() {}

    /**
     * Groups of calls whose prompts have equally many rows and together room for what the longest of their texts wants, no more
     * than half of them padding, the shortest first.
     */
    static List<List<ReadCall>> of(TextBackbone backbone, List<ReadCall> calls) {
        List<ReadCall> sorted = calls.stream()
                .sorted(Comparator.<ReadCall>comparingInt(call -> call.width).thenComparingInt(ReadCall::longest))
                .toList();
        List<List<ReadCall>> groups = new ArrayList<>();
        List<ReadCall> group = new ArrayList<>();
        for (ReadCall call : sorted) {
            group.add(call);
            if (group.size() > 1 && !fits(backbone, group)) {
                group.remove(group.size() - 1);
                groups.add(group);
                group = new ArrayList<>(List.of(call));
            }
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }

    /** The last is the longest. */
    private static boolean fits(TextBackbone backbone, List<ReadCall> group) {
        ReadCall last = group.get(group.size() - 1);
        if (group.get(0).width != last.width) {
            return false;
        }
        long tokens = 0;
        long count = 0;
        int most = 0;
        int first = 0;
        for (ReadCall call : group) {
            count += call.prompts.size();
            tokens += call.prompts.stream().mapToLong(prompt -> prompt.length).sum();
            most = Math.max(most, call.most);
            first = Math.max(first, call.injection.firstPosition());
        }
        long padded = count * last.longest();
        return padded <= MOST_TOKENS && padded <= 2 * tokens && backbone.room(last.longest() + first) >= most;
    }
}
