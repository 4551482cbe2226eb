package dev.cloze.runtime.training;

import dev.cloze.runtime.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes events on to listeners, and keeps their failures from the training. */
final class ListenerGroup implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerGroup.class);

    private final List<Member> members = new ArrayList<>();

    ListenerGroup(List<? extends TrainingListener> listeners) {
        listeners.forEach(listener -> members.add(new Member(listener)));
    }

    @Override
    public void onStart(TrainingStarted started) {
        members.forEach(member -> member.tell(listener -> listener.onStart(started)));
    }

    @Override
    public void onStep(StepEnded step) {
        members.forEach(member -> member.tell(listener -> listener.onStep(step)));
    }

    @Override
    public void onEvaluation(EvaluationEnded evaluation) {
        members.forEach(member -> member.tell(listener -> listener.onEvaluation(evaluation)));
    }

    @Override
    public void onEnd(TrainingEnded ended) {
        members.forEach(member -> member.tell(listener -> listener.onEnd(ended)));
        members.forEach(Member::reportFailures);
    }

    private static final class Member {
        private final TrainingListener listener;
        private int failures;

        Member(TrainingListener listener) {
            this.listener = listener;
        }

        /** Even an Error is caught: no listener's fault is worth a training. */
        void tell(Consumer<TrainingListener> event) {
            try {
                event.accept(listener);
            } catch (Throwable failure) {
                if (failure instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                if (failures++ == 0) {
                    LOG.warn("The training listener {} failed; the training goes on.", name(), failure);
                }
            }
        }

        void reportFailures() {
            if (failures > 1) {
                LOG.warn("The training listener {} failed {} times.", name(), failures);
            }
        }

        private String name() {
            return listener.getClass().getName();
        }
    }
}
