package dev.cloze.runtime.tuning.tag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.tuning.tag.Windows.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowsTest {

    @Test
    void whatHasRoomIsOneWindow() {
        assertThat(Windows.of(new int[] {2, 1, 3}, 6)).containsExactly(new Window(0, 3, 0, 3));
        assertThat(Windows.of(new int[0], 6)).isEmpty();
    }

    /** Ten words of one token, eight at a time: the next window reads two of them again, and each answers for one of these. */
    @Test
    void windowsOverlapAndShareWhatTheyBothRead() {
        int[] lengths = new int[10];
        Arrays.fill(lengths, 1);
        assertThat(Windows.of(lengths, 8)).containsExactly(new Window(0, 8, 0, 7), new Window(6, 10, 7, 10));
    }

    @Test
    void aWordThatIsLongerThanAllRoomHasAWindowOfItsOwn() {
        assertThat(Windows.of(new int[] {1, 9, 1}, 4))
                .containsExactly(new Window(0, 1, 0, 1), new Window(1, 2, 1, 2), new Window(2, 3, 2, 3));
    }

    @Test
    void everyWordIsOnesOwnAndInsideIt() {
        Random random = new Random(1);
        for (int run = 0; run < 500; run++) {
            int[] lengths = random.ints(random.nextInt(40), 1, 6).toArray();
            int room = 1 + random.nextInt(20);
            List<Window> windows = Windows.of(lengths, room);
            int own = 0;
            for (Window window : windows) {
                assertThat(window.ownFrom()).isEqualTo(own).isGreaterThanOrEqualTo(window.from());
                assertThat(window.ownTo()).isGreaterThan(window.ownFrom()).isLessThanOrEqualTo(window.to());
                int tokens = Arrays.stream(lengths, window.from(), window.to()).sum();
                assertThat(tokens <= room || window.to() == window.from() + 1).isTrue();
                own = window.ownTo();
            }
            assertThat(own).isEqualTo(lengths.length);
        }
    }
}
