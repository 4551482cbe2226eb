package dev.cloze.cli.serve.task;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.NearestName;
import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.EngineStatus;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.application.ArchiveWatch;
import dev.cloze.runtime.application.Stopping;
import dev.cloze.runtime.application.WatchedArchive;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.engine.NativeCalls;
import dev.cloze.runtime.serving.SharedEngines;
import dev.cloze.runtime.workbench.request.Refused;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All tasks of a server, by name. */
public final class ServedTasks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServedTasks.class);

    /** For what the server has let go when it stopped. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A JVM that is asked to end has what has been asked answered: its server's hook runs beside that of libtorch. */
    private final NativeCalls.Finishing finishing = NativeCalls.finishing();

    private final SharedEngines engines;
    private final Map<String, ServedTask<InputAnswers>> answers = new LinkedHashMap<>();
    private final Map<String, ServedTask<TextPipeline<DataRow>>> texts = new LinkedHashMap<>();

    /** Opens them all, or none. */
    public ServedTasks(List<TaskSource> sources, EngineSettings settings) {
        this.engines = new SharedEngines(settings, true);
        try {
            sources.forEach(this::add);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void add(TaskSource source) {
        if (source.kind() == TaskKind.TEXT) {
            texts.put(source.name(), new ServedTask<>(source, task -> engines.serve(source.texts(task))));
        } else {
            answers.put(source.name(), new ServedTask<>(source, task -> source.answers(task, engines)));
        }
    }

    /** All of them. */
    public List<ServedTask<?>> all() {
        return Stream.<ServedTask<?>>concat(answers.values().stream(), texts.values().stream())
                .toList();
    }

    /** The task of that name that predicts: labels, numbers, words, spans; {@link Refused} where there is none. */
    public ServedTask<InputAnswers> answers(String name) {
        return Optional.ofNullable(answers.get(name)).orElseThrow(() -> none(name, "predicts", answers.keySet()));
    }

    /** The task of that name that writes texts; {@link Refused} where there is none. */
    public ServedTask<TextPipeline<DataRow>> texts(String name) {
        return Optional.ofNullable(texts.get(name)).orElseThrow(() -> none(name, "writes texts", texts.keySet()));
    }

    private static Refused none(String name, String kind, java.util.Set<String> names) {
        return Refused.noTask("There is no task \"" + name + "\" that " + kind + ".\n  "
                + NearestName.suggestion(name, names) + (names.isEmpty() ? "There is none at all." : " There are: ")
                + String.join(", ", names));
    }

    /** Looks at archives at that interval, and opens a task anew whose archive has been replaced. */
    public ArchiveWatch watch(Duration interval) {
        Map<String, ServedTask<?>> saved = new LinkedHashMap<>();
        Map<String, WatchedArchive> archives = new LinkedHashMap<>();
        for (ServedTask<?> task : all()) {
            task.archive().ifPresent(archive -> {
                saved.put(task.source().name(), task);
                archives.put(task.source().name(), archive);
            });
        }
        return new ArchiveWatch(() -> archives, name -> reload(Objects.requireNonNull(saved.get(name))), interval);
    }

    private void reload(ServedTask<?> task) {
        task.reload();
        engines.prune();
        LOG.info("The task {} has been opened anew.", task.source().name());
    }

    /** What the engines are doing and have done. */
    public EngineStatus status() {
        return engines.status();
    }

    /** Answers what has been asked, refuses what is left after some seconds, and frees all. */
    @Override
    public void close() {
        try {
            Stopping.answered(PATIENCE, this::drain);
        } finally {
            Stopping.freed(this::free);
        }
    }

    private void drain() {
        all().forEach(ServedTask::close);
    }

    private void free() {
        try {
            engines.closeNow();
            drain();
        } finally {
            finishing.close();
        }
    }
}
