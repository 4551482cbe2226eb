package dev.cloze.runtime.serving;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Answers the requests of one task by the pipeline that the task has at the moment.
 *
 * @param <A> the kind of answers
 * @param <R> the kind of requests
 * @param <T> what they are answered with
 */
final class Host<A, R extends Request<T>, T> {

    private final BiFunction<A, List<R>, List<T>> answering;
    private volatile Guest<A> guest;

    Host(Guest<A> guest, BiFunction<A, List<R>, List<T>> answering) {
        this.guest = guest;
        this.answering = answering;
    }

    /** Has another pipeline answer from now on, and frees the present one when it has done what it is at. */
    void replace(Guest<A> other) {
        Guest<A> before = guest;
        guest = other;
        before.close().run();
    }

    void close() {
        guest.close().run();
    }

    /** What the pipeline of the moment gives. */
    <U> U with(Function<A, U> use) {
        while (true) {
            Guest<A> present = guest;
            try {
                return present.inside().run(() -> use.apply(present.answers()));
            } catch (ClozeException e) {
                if (e.problem() != Problem.PIPELINE_CLOSED || present == guest) {
                    throw e;
                }
            }
        }
    }

    /** Finds the answers of some requests; what comes back hands them over. */
    Runnable answer(List<R> requests) {
        List<R> open = requests.stream().filter(request -> !request.isDone()).toList();
        if (open.isEmpty()) {
            return () -> {};
        }
        try {
            List<T> answers = with(by -> answering.apply(by, open));
            return () -> {
                for (int i = 0; i < open.size(); i++) {
                    open.get(i).complete(answers.get(i));
                }
            };
        } catch (RuntimeException | Error e) {
            return open.size() == 1 ? () -> open.get(0).completeExceptionally(e) : eachAlone(open);
        }
    }

    /** So that none fails for another's sake. */
    private Runnable eachAlone(List<R> requests) {
        List<Runnable> handing = new ArrayList<>();
        requests.forEach(request -> handing.add(answer(List.of(request))));
        return () -> handing.forEach(Runnable::run);
    }
}
