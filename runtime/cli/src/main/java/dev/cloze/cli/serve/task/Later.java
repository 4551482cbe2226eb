package dev.cloze.cli.serve.task;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What is made of answers that come later; who cancels it cancels these too, which {@code CompletableFuture} alone doesn't. */
public final class Later {

    private Later() {}

    /** What is made of one answer. */
    public static <T, U> CompletableFuture<U> of(CompletableFuture<T> asked, Function<T, U> made) {
        return cancelling(asked.thenApply(made), List.of(asked));
    }

    /** What is made of all of them; those left over are cancelled where one fails. */
    public static <T, U> CompletableFuture<U> all(List<CompletableFuture<T>> asked, Function<List<T>, U> made) {
        CompletableFuture<Void> all = CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
        for (CompletableFuture<T> one : asked) {
            var unused = one.whenComplete((found, failure) -> {
                if (failure != null) {
                    all.completeExceptionally(failure);
                }
            });
        }
        return cancelling(
                all.thenApply(done ->
                        made.apply(asked.stream().map(CompletableFuture::join).toList())),
                asked);
    }

    private static <T, U> CompletableFuture<U> cancelling(CompletableFuture<U> made, List<CompletableFuture<T>> asked) {
        var unused = made.whenComplete((found, failure) -> {
            if (failure != null) {
                asked.forEach(one -> one.cancel(true)); // nothing where it was answered
            }
        });
        return made;
    }
}
