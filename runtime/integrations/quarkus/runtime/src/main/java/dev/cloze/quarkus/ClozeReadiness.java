package dev.cloze.quarkus;

import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.TaskStatus;
import dev.cloze.runtime.application.TaskStatus.State;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Up as long as every task can be asked, one that could not be opened included: it is tried again when it is asked, which nobody would do
 * if it were down. Says of each how it is.
 */
@Readiness
@ApplicationScoped
public class ClozeReadiness implements HealthCheck {

    private final ClozeTasks tasks;

    /** Of these tasks. */
    public ClozeReadiness(ClozeTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("Cloze tasks");
        boolean up = true;
        for (TaskStatus task : tasks.tasks()) {
            up &= task.state() != State.CLOSED;
            response.withData(task.name(), task.state().name());
            if (task.failure() != null) {
                response.withData(task.name() + ".failure", task.failure());
            }
        }
        return response.status(up).build();
    }
}
