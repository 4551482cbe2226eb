package dev.cloze.runtime.backbone.joint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.StatePooling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Works that one thread does in turn, and what is asked together with them. */
@Timeout(30)
class MeetingTest {

    private final List<Integer> rounds = new ArrayList<>();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final Meeting meeting = new Meeting(round -> {
        rounds.add(round.size());
        round.forEach(call -> ((StatesCall) call).give(new float[][] {{1}}));
    });

    private void ask() {
        var unused = meeting.ask(new StatesCall(List.of(), StatePooling.MEAN, Injection.NONE));
    }

    /** A work that asks so often, and hears how often it did. */
    private Runnable asking(String name, int times) {
        meeting.expect();
        return () -> {
            String said = meeting.attend(
                    1,
                    () -> {
                        IntStream.range(0, times).forEach(i -> ask());
                        return name;
                    },
                    asked -> assertThat(asked).isEqualTo(times));
            told.add(said);
        };
    }

    @Test
    void whatWorksOfOneThreadAskIsOneRound() {
        meeting.inTurn(List.of(asking("a", 1), asking("b", 1), asking("c", 1)));
        assertThat(rounds).containsExactly(3);
        assertThat(told).containsExactly("c", "b", "a");
    }

    @Test
    void aWorkThatAsksAgainIsAnsweredWithoutThoseItKeepsWaiting() {
        meeting.inTurn(List.of(asking("a", 2), asking("b", 3), asking("c", 2)));
        assertThat(rounds).containsExactly(3, 1, 1, 1, 1);
        assertThat(told).containsExactly("c", "b", "a");
    }

    @Test
    void aWorkThatAsksNothingKeepsNobodyWaiting() {
        meeting.inTurn(List.of(asking("a", 1), asking("b", 0), asking("c", 1), asking("d", 0)));
        assertThat(rounds).containsExactly(2);
        assertThat(told).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    /** Again and again, as threads meet in whatever order. */
    @Test
    void threadsWithSeveralWorksEachAndAloneAreAnswered() {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (int i = 0; i < 200; i++) {
                Runnable first = works(List.of(asking("a", 1), asking("b", 2)));
                Runnable second = works(List.of(asking("c", 3), asking("d", 1), asking("e", 1)));
                Runnable third = works(List.of(asking("f", 2)));
                List.of(first, second, third).stream()
                        .map(work -> CompletableFuture.runAsync(work, threads))
                        .toList()
                        .forEach(CompletableFuture::join);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(rounds.stream().mapToInt(Integer::intValue).sum()).isEqualTo(200 * 10);
    }

    private Runnable works(List<Runnable> each) {
        return () -> meeting.inTurn(each);
    }
}
