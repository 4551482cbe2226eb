package dev.cloze.benchmarks;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Threads that share a number of calls, each making the next one when its last has come back; they stay, as a service's do. */
final class Callers implements AutoCloseable {

    private final int count;
    private final int calls;
    private final IntConsumer call;
    private final ExecutorService threads;
    private final ConcurrentLinkedQueue<Double> latencies = new ConcurrentLinkedQueue<>();

    /**
     * Threads that wait.
     *
     * @param count how many threads
     * @param calls how many calls in all
     * @param call makes one, by its number from 0
     */
    Callers(int count, int calls, IntConsumer call) {
        this.count = count;
        this.calls = calls;
        this.call = call;
        this.threads = Executors.newFixedThreadPool(count);
    }

    /** Makes all calls once and says how long that took. */
    double seconds() {
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        List<Future<?>> working = IntStream.range(0, count)
                .<Future<?>>mapToObj(i -> threads.submit(() -> work(next)))
                .toList();
        working.forEach(Callers::join);
        return (System.nanoTime() - start) / 1e9;
    }

    private void work(AtomicInteger next) {
        for (int i = next.getAndIncrement(); i < calls; i = next.getAndIncrement()) {
            int number = i;
            latencies.add(Duel.time(() -> call.accept(number)));
        }
    }

    private static void join(Future<?> working) {
        try {
            working.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The seconds that so many of a hundred calls don't exceed, of all so far. */
    double percentile(int percent) {
        return Duel.percentile(latencies.stream().mapToDouble(each -> each).toArray(), percent);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
