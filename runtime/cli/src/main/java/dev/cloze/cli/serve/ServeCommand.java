package dev.cloze.cli.serve;

import dev.cloze.cli.serve.http.AccessRules;
import dev.cloze.cli.serve.task.TaskSource;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.spi.DefaultBackbone;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves tasks over HTTP, with a page. */
@Command(
        name = "serve",
        description = {
            "Serves saved pipelines, tasks without training and models over HTTP, with a page to try templates and label",
            "words on. Ctrl-C ends it when what has been asked is answered."
        })
public final class ServeCommand implements Callable<Integer> {

    private static final Duration LOOKING = Duration.ofSeconds(2);

    @Mixin
    private ServedFlags served;

    @Option(
            names = "--model",
            paramLabel = "NAME|DIR",
            description = "The model of the page and of /v1/fill-mask; the default one otherwise.")
    private String model = DefaultBackbone.name();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "What it listens on, ${DEFAULT-VALUE} otherwise, which this machine alone reaches. Any other"
                    + " wants a token.")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Its port, 0 for any that is free; ${DEFAULT-VALUE} otherwise.")
    private int port;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the token that requests must have as \"Authorization: Bearer\"; the environment"
                    + " variable CLOZE_TOKEN otherwise, and none where that is not set.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "A name under which it is reached, beside those of this machine for itself. Several times.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            description = "Another site whose pages may ask: https://app.example. Several times; none otherwise.")
    private List<String> origins = new ArrayList<>();

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            defaultValue = "1048576",
            description = "Bytes of a request, and of a line of a stream, at most; ${DEFAULT-VALUE} otherwise.")
    private int maxBody;

    @Option(
            names = "--max-batch",
            paramLabel = "N",
            description = "Inputs of a batch at most; 256 otherwise, or --capacity where that is less.")
    private @Nullable Integer mostInputs;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long an answer may take, and a request until it is there; ${DEFAULT-VALUE} otherwise.")
    private int timeout;

    @Option(
            names = "--capacity",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Inputs of each task that may wait; more are refused with 429. ${DEFAULT-VALUE} otherwise.")
    private int capacity;

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "32",
            description = "Streams that are open at once; ${DEFAULT-VALUE} otherwise.")
    private int streams;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ServeCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        ServeSettings settings = settings();
        List<TaskSource> sources = served.sources();
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch ended = new CountDownLatch(1);
        try (RunningServer server = started(sources, settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                ended.countDown();
            }));
            sources.forEach(source -> out.println("Serving " + source.name() + "."));
            out.println(
                    "Ready at " + server.address() + (settings.access().token().isPresent() ? ", with a token" : ""));
            out.flush();
            ended.await();
        }
        return 0;
    }

    private RunningServer started(List<TaskSource> sources, ServeSettings settings) {
        try {
            return RunningServer.start(sources, model, settings, LOOKING);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Nothing can listen on " + host + ", port " + port + ".\n  The system says: " + e.getMessage()
                            + "\n  Choose another with --port, 0 for any that is free.",
                    e);
        }
    }

    private ServeSettings settings() {
        if (port < 0 || port > 65_535) {
            throw usage("--port is " + port + ", and must be 0 to 65535: 0 for any that is free.");
        }
        atLeastOne("--max-body", maxBody);
        atLeastOne("--capacity", capacity);
        int maxBatch = mostInputs == null ? Math.min(256, capacity) : mostInputs;
        atLeastOne("--max-batch", maxBatch);
        atLeastOne("--timeout", timeout);
        atLeastOne("--streams", streams);
        if (maxBatch > capacity) {
            throw usage("--max-batch is " + maxBatch + ", but --capacity lets only " + capacity
                    + " inputs wait: such a batch would always be refused.");
        }
        Optional<String> token = token();
        requireToken(token);
        List<String> names = new ArrayList<>(hosts);
        names.add(host.contains(":") ? "[" + host + "]" : host);
        Duration time = Duration.ofSeconds(timeout);
        return new ServeSettings(
                host,
                port,
                AccessRules.of(token, names, origins),
                maxBody,
                maxBatch,
                time,
                ServeSettings.IDLE,
                streams,
                EngineSettings.defaults().withCapacity(capacity).withDeadline(time));
    }

    private void atLeastOne(String name, int value) {
        if (value < 1) {
            throw usage(name + " is " + value + ", and must be 1 or more.");
        }
    }

    private Optional<String> token() {
        Path file = tokenFile;
        try {
            String said = file == null ? System.getenv("CLOZE_TOKEN") : Files.readString(file);
            if (said != null && said.strip().length() < 16) {
                throw usage("The token has " + said.strip().length()
                        + " characters, and must have 16 or more, so that nobody guesses it.");
            }
            return Optional.ofNullable(said).map(String::strip);
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.DATA_UNREADABLE,
                    "The token's file " + file + " cannot be read.\n  The system says: " + e,
                    e);
        }
    }

    private void requireToken(Optional<String> token) {
        try {
            if (token.isEmpty() && !InetAddress.getByName(host).isLoopbackAddress()) {
                throw usage(
                        "--host " + host + " is reached from other machines, and there is no token: whoever can reach"
                                + " it could ask.\n  Name a file with one by --token-file, or set CLOZE_TOKEN; or leave --host out.");
            }
        } catch (UnknownHostException e) {
            throw usage("--host " + host + " is no address or name of this machine.");
        }
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
