package dev.cloze.runtime.tuning.lstm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.tuning.reading.WordReader.Words;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownWordsTest {

    private static final KnownWords KNOWN = new KnownWords(List.of("cold", "late"));

    @Test
    void segmentsFollowEachOtherBehindABoundary() {
        assertThat(ids(List.of("cold", "x"), List.of("late"))).containsExactly(2, 0, 1, 3);
        assertThat(ids(List.of(), List.of("late"), List.of("cold"))).containsExactly(1, 3, 1, 2);
    }

    @Test
    void anInputWithoutAWordIsOneUnknownWord() {
        assertThat(ids(List.of())).containsExactly(0);
    }

    @Test
    void theWordsOfEverySegmentAreKnownBehindThoseOfTheFile() {
        Words pair = new Words(List.of(List.of("late", "again"), List.of("cold")), false);
        KnownWords known = KnownWords.of(Set.of("cold"), List.of(pair));
        assertThat(known.words()).containsExactly("cold", "late", "again");
        assertThat(known.rows()).isEqualTo(5);
    }

    @SafeVarargs
    private static int[] ids(List<String>... segments) {
        return KNOWN.ids(new Words(List.of(segments), false));
    }
}
