package dev.cloze.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Threads that share a number of calls, each making the next one when its last has come back.
 *
 * @param callers how many threads
 * @param calls how many calls in all
 * @param call makes one, by its number from 0
 * @param latencies seconds of every call so far
 */
record Callers(int callers, int calls, IntConsumer call, ConcurrentLinkedQueue<Double> latencies) {

    Callers(int callers, int calls, IntConsumer call) {
        this(callers, calls, call, new ConcurrentLinkedQueue<>());
    }

    /** Makes all calls once and says how long that took. */
    double seconds() {
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < callers; i++) {
            Thread thread = new Thread(() -> work(next));
            thread.start();
            threads.add(thread);
        }
        threads.forEach(Callers::join);
        return (System.nanoTime() - start) / 1e9;
    }

    private void work(AtomicInteger next) {
        for (int i = next.getAndIncrement(); i < calls; i = next.getAndIncrement()) {
            int number = i;
            latencies.add(Duel.time(() -> call.accept(number)));
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The seconds that so many of a hundred calls don't exceed. */
    double percentile(int percent) {
        double[] sorted = latencies.stream().mapToDouble(each -> each).toArray();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
