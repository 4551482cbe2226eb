package dev.cloze.spring.boot;

import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.TaskStatus;
import dev.cloze.runtime.application.TaskStatus.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up as long as every task can be asked, one that could not be opened included: it is tried again when it is asked, which nobody would do
 * if it were down. Says of each how it is.
 */
final class ClozeHealthIndicator extends AbstractHealthIndicator {

    private final ClozeTasks tasks;

    ClozeHealthIndicator(ClozeTasks tasks) {
        super("The tasks of Cloze could not be looked at.");
        this.tasks = tasks;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<TaskStatus> all = tasks.tasks();
        boolean down = all.stream().anyMatch(task -> task.state() == State.CLOSED);
        builder.status(down ? "DOWN" : "UP");
        all.forEach(task -> builder.withDetail(task.name(), details(task)));
    }

    private static Map<String, Object> details(TaskStatus task) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", task.state().name());
        details.put("archive", task.archive() == null ? "none" : task.archive().toString());
        if (task.opened() != null) {
            details.put("opened", task.opened().toString());
        }
        if (task.failure() != null) {
            details.put("failure", task.failure());
        }
        return details;
    }
}
