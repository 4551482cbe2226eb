package dev.cloze.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.EngineStatus;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.joint.JointBackbone;
import dev.cloze.runtime.backbone.joint.Meeting;
import dev.cloze.runtime.model.LanguageModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which order and in which batches requests are taken. */
@Timeout(60)
class LaneTest {

    private final LanguageModel model = LanguageModel.open("cloze-tiny-en");
    private final JointBackbone backbone = JointBackbone.over(model.backbone());
    private final EngineSettings settings = EngineSettings.defaults()
            .withRows(1) // so that one is answered after the other
            .withGathering(Duration.ZERO)
            .withCapacity(200);
    private final Lane lane = new Lane("test", settings.rows(), false, backbone.meeting());
    private final List<String> answered = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch open = new CountDownLatch(1);

    @AfterEach
    void free() {
        open.countDown();
        lane.close();
        model.close();
    }

    private TaskQueue<Request<String>> queue(String task) {
        return queue(task, settings);
    }

    private TaskQueue<Request<String>> queue(String task, EngineSettings waiting) {
        return new TaskQueue<>(task, waiting, true, requests -> {
            await();
            answered.add(task + requests.size());
            return () -> requests.forEach(request -> request.complete(task));
        });
    }

    private void await() {
        try {
            open.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Request<String>> requests(int count, int rows) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Request<String>(Map.of(), rows))
                .toList();
    }

    /** A task with a hundred waiting and two tasks with one each: these are in the next batch, not behind the hundred. */
    @Test
    void tasksTakeTurns() {
        TaskQueue<Request<String>> first = queue("first");
        lane.submit(first, requests(1, 1)); // fills the batch until the latch is open
        while (running() < 1) {
            Thread.onSpinWait();
        }
        TaskQueue<Request<String>> much = queue("much");
        TaskQueue<Request<String>> little = queue("little");
        TaskQueue<Request<String>> other = queue("other");
        lane.submit(much, requests(100, 1));
        lane.submit(little, requests(1, 1));
        lane.submit(other, requests(1, 1));
        open.countDown();
        List.of(first, much, little, other).forEach(lane::drain);
        assertThat(answered.subList(0, 5)).containsExactly("first1", "much1", "little1", "other1", "much1");
        assertThat(answered.subList(4, 103)).containsOnly("much1");
        assertThat(lane.status(new EngineStatus(4, 0, 0, 0, 0, 0), 0)).isEqualTo(new EngineStatus(4, 0, 0, 103, 0, 0));
    }

    private int running() {
        return lane.status(new EngineStatus(0, 0, 0, 0, 0, 0), 0).rows();
    }

    /** Nobody waits for ever because a request is wider than a batch. */
    @Test
    void whatIsWiderThanABatchIsAnsweredAlone() {
        open.countDown();
        TaskQueue<Request<String>> wide = queue("wide");
        lane.submit(wide, requests(3, 9));
        lane.drain(wide);
        assertThat(answered).containsExactly("wide1", "wide1", "wide1");
    }

    @Test
    void requestsAreTakenAllOrNone() {
        TaskQueue<Request<String>> much = queue("much");
        assertThatThrownBy(() -> lane.submit(much, requests(201, 1)))
                .hasMessageContaining("0 inputs of much wait already, and 201 more are too many: at most 200 may wait");
        assertThat(much.open()).isZero();
    }

    @Test
    void aTaskHasABoundOfItsOwn() {
        TaskQueue<Request<String>> few = queue("few", settings.withCapacity(2));
        assertThatThrownBy(() -> lane.submit(few, requests(3, 1))).hasMessageContaining("at most 2 may wait");
        TaskQueue<Request<String>> much = queue("much");
        lane.submit(much, requests(100, 1));
        open.countDown();
        lane.drain(much);
    }

    /** One waits a minute for others, and is answered with the first that does not. */
    @Test
    void aTaskThatDoesNotWaitForOthersIsNotHeldUpByOneThatDoes() {
        open.countDown();
        Lane wide = new Lane("wide", 64, false, backbone.meeting());
        try {
            TaskQueue<Request<String>> patient = queue("patient", settings.withGathering(Duration.ofMinutes(1)));
            TaskQueue<Request<String>> hasty = queue("hasty");
            List<Request<String>> first = requests(1, 1);
            wide.submit(patient, first);
            assertThat(first.get(0)).isNotDone();
            List<Request<String>> second = requests(1, 1);
            wide.submit(hasty, second);
            assertThat(second.get(0).join()).isEqualTo("hasty");
            assertThat(first.get(0).join()).isEqualTo("patient");
            wide.drain(patient);
            wide.drain(hasty);
        } finally {
            wide.close();
        }
    }

    /** What comes while a batch is answered is one batch, where batches are begun one after another. */
    @Test
    void batchesOfALaneOfOneAreBegunOneAfterAnother() {
        Lane alone = new Lane("alone", 64, true, Meeting.ofNobody());
        try {
            TaskQueue<Request<String>> task = queue("task");
            alone.submit(task, requests(1, 1));
            while (alone.status(new EngineStatus(0, 0, 0, 0, 0, 0), 0).rows() < 1) {
                Thread.onSpinWait();
            }
            IntStream.range(0, 5).forEach(i -> alone.submit(task, requests(1, 1)));
            open.countDown();
            alone.drain(task);
            assertThat(answered).containsExactly("task1", "task5");
            assertThat(alone.batches()).isEqualTo(2);
        } finally {
            alone.close();
        }
    }

    /** Two tasks of which one's user waits for the other's answer, in one batch again and again. */
    @Test
    void aUserOfOneTaskKeepsNoOtherTaskWaiting() {
        Lane wide = new Lane("wide", 64, false, backbone.meeting());
        try {
            List<TaskQueue<Request<String>>> tasks = List.of(asking("first"), asking("second"), asking("third"));
            for (int i = 0; i < 20; i++) {
                List<Request<String>> each = new ArrayList<>();
                tasks.forEach(task -> each.addAll(requests(1, 1)));
                List<CompletableFuture<String>> heard = IntStream.range(0, 2)
                        .mapToObj(t -> each.get(t)
                                .thenApply(own -> own + " " + each.get(t + 1).join()))
                        .toList();
                for (int t = 0; t < 3; t++) {
                    wide.submit(tasks.get(t), List.of(each.get(t)));
                }
                assertThat(heard.get(0).join()).isEqualTo("first second");
                assertThat(heard.get(1).join()).isEqualTo("second third");
            }
            tasks.forEach(wide::drain);
            tasks.forEach(task -> assertThat(task.asksOnce()).isTrue());
        } finally {
            wide.close();
        }
    }

    /** In one batch with others that have threads; one user waits for the other's answer. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatNoThreadCanBeHadForIsAnsweredAllTheSame(int refusals) throws Exception {
        Lane wide = new Lane("wide", 64, false, backbone.meeting(), new RefusingThreads(refusals));
        try {
            Duration gathering = Duration.ofMillis(200);
            List<TaskQueue<Request<String>>> tasks =
                    List.of(asking("first", gathering), asking("second", gathering), asking("third", gathering));
            List<Request<String>> each = requests(3, 1);
            CompletableFuture<String> heard =
                    each.get(0).thenApply(own -> own + " " + each.get(1).join());
            for (int t = 0; t < 3; t++) {
                wide.submit(tasks.get(t), List.of(each.get(t)));
            }
            assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo("first second");
            assertThat(each.get(2).get(20, TimeUnit.SECONDS)).isEqualTo("third");
            tasks.forEach(wide::drain);
            assertThat(wide.batches()).isEqualTo(1);
        } finally {
            wide.close();
        }
    }

    /** Threads of which the first few can't be had. */
    private static final class RefusingThreads extends ThreadPoolExecutor {

        private final AtomicInteger refusals;

        RefusingThreads(int refusals) {
            super(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
            this.refusals = new AtomicInteger(refusals);
        }

        @Override
        public void execute(Runnable work) {
            if (refusals.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            super.execute(work);
        }
    }

    private TaskQueue<Request<String>> asking(String task) {
        return asking(task, Duration.ofMillis(2));
    }

    /** One whose pieces ask the model once each. */
    private TaskQueue<Request<String>> asking(String task, Duration waiting) {
        List<TokenRow> rows = List.of(new TokenRow(new int[] {2, 5, 3}, new int[3], new int[] {1}));
        EngineSettings gathering = settings.withGathering(waiting);
        return new TaskQueue<>(task, gathering, true, requests -> {
            var unused = backbone.scores(rows, new int[] {7}, false, Injection.NONE);
            return () -> requests.forEach(request -> request.complete(task));
        });
    }

    @Test
    void whatFailsEndsNothingElse() {
        open.countDown();
        TaskQueue<Request<String>> failing = new TaskQueue<>("failing", settings, true, requests -> {
            throw new IllegalStateException("of the work");
        });
        lane.submit(failing, requests(1, 1));
        lane.drain(failing);
        TaskQueue<Request<String>> well = queue("well");
        List<Request<String>> requests = requests(1, 1);
        lane.submit(well, requests);
        assertThat(requests.get(0).join()).isEqualTo("well");
    }
}
