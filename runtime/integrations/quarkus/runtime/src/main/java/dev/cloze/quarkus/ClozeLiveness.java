package dev.cloze.quarkus;

import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.TaskStatus;
import dev.cloze.runtime.application.TaskStatus.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Up unless a pipeline has been closed while the application runs, which only a restart opens again. */
@Liveness
@ApplicationScoped
public class ClozeLiveness implements HealthCheck {

    private final ClozeTasks tasks;

    /** Of these tasks. */
    public ClozeLiveness(ClozeTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> closed = tasks.tasks().stream()
                .filter(task -> task.state() == State.CLOSED)
                .map(TaskStatus::name)
                .toList();
        return HealthCheckResponse.named("Cloze tasks")
                .status(closed.isEmpty())
                .withData("closed", String.join(", ", closed))
                .build();
    }
}
