package dev.cloze.runtime.tuning.mask;

import java.util.HashSet;
import java.util.Set;

/** What is said once: of each message its hash alone is kept, and after so many of them nothing more is said. */
final class SaidOnce {

    private final int most;
    private final Set<Integer> hashes = new HashSet<>();

    /** @param most how many messages are said at all */
    SaidOnce(int most) {
        this.most = most;
    }

    /** Whether the message is to be said, which it then counts as. */
    synchronized boolean isNew(String message) {
        return hashes.size() < most && hashes.add(message.hashCode());
    }
}
