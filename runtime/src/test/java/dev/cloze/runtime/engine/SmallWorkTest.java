package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.JniUtils;
import dev.cloze.runtime.training.ChildJvm;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallWorkTest {

    private static final double LITTLE = 1e6;
    private static final double MUCH = 1e12;

    @Test
    void moreThreadsGainMoreBySharing() {
        assertThat(SmallWork.isSmall(1e6, 13, 2, false)).isTrue();
        assertThat(SmallWork.isSmall(1e6, 15, 2, false)).isFalse();
        assertThat(SmallWork.isSmall(1e6, 1, 8, false)).isTrue();
        assertThat(SmallWork.isSmall(1e6, 2, 8, false)).isFalse();
    }

    @Test
    void wakingOthersCostsMoreThanFindingThemAwake() {
        assertThat(SmallWork.isSmall(1e6, 83, 2, true)).isTrue();
        assertThat(SmallWork.isSmall(1e6, 85, 2, true)).isFalse();
    }

    /** In a process of its own, as this one may have one thread. */
    @Test
    void onlyTheCallingThreadAndOnlyALittleWorkIsAlone() throws Exception {
        ChildJvm child = ChildJvm.start(Seen.class, List.of());
        assertThat(child.process().waitFor()).isZero();
        assertThat(Files.readAllLines(child.outputFile()).stream().filter(line -> line.startsWith("seen")))
                .containsExactly("seen 1", "seen 2", "seen 2", "seen 2");
    }

    /** Prints how many threads operations have: with a little work, with much, beside little on another thread, and afterwards. */
    static final class Seen {
        public static void main(String[] arguments) throws InterruptedException {
            System.setProperty(Threads.PROPERTY, "2");
            Libtorch.engine();
            seen(SmallWork.of(LITTLE, 1, JniUtils::getNumThreads));
            seen(SmallWork.of(MUCH, 1, JniUtils::getNumThreads));
            SmallWork.of(LITTLE, 1, () -> {
                Thread other = new Thread(() -> seen(JniUtils.getNumThreads()));
                other.start();
                try {
                    other.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return 0;
            });
            seen(JniUtils.getNumThreads());
        }

        private static void seen(int threads) {
            System.out.println("seen " + threads);
        }
    }
}
