package dev.cloze.runtime.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Utils;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Loads libtorch, once a JVM, and refuses one that the engine was not built for. */
public final class Libtorch {

    /** The only version the engine's native code works with; another one loads and crashes in its first operation. */
    public static final String VERSION = "2.7.1";

    /** Where DJL looks for a libtorch of the user's own. */
    public static final String PATH_VARIABLE = "PYTORCH_LIBRARY_PATH";

    /** Which flavour that one is: {@code cpu}, {@code cu128}. */
    public static final String FLAVOR_VARIABLE = "PYTORCH_FLAVOR";

    private static final String VERSION_VARIABLE = "PYTORCH_VERSION";

    /** The property that switches on the profiling executor, which recompiles a kernel for each new shape. */
    static final String OPTIMIZER = "ai.djl.pytorch.graph_optimizer";

    private static final Pattern NUMBER = Pattern.compile("(\\d+\\.\\d+\\.\\d+)");
    private static final Object LOCK = new Object();
    private static @Nullable Engine engine;

    private Libtorch() {}

    /**
     * The engine, loaded.
     *
     * @throws ClozeException ENGINE_LIBTORCH if libtorch is missing, cannot be loaded, or is of another version
     */
    static Engine engine() {
        synchronized (LOCK) {
            if (engine == null) {
                refuseOther(setting(PATH_VARIABLE), setting(FLAVOR_VARIABLE), setting(VERSION_VARIABLE));
                engine = load();
            }
            return engine;
        }
    }

    private static Engine load() {
        Network.restrictDjl();
        if (System.getProperty(OPTIMIZER) == null) {
            System.setProperty(OPTIMIZER, "false");
        }
        try {
            LibtorchOnClassPath.refuseOther();
            Threads.requireNumber();
            Engine loaded = WaitingThreads.whileLoading(() -> Engine.getEngine("PyTorch"));
            refuseOtherLoaded(loaded.getVersion());
            Threads.apply();
            return loaded;
        } catch (EngineException | IllegalArgumentException | IllegalCallerException | LinkageError e) {
            throw notLoaded(e);
        }
    }

    /** Where the machine stands against it, says how; otherwise what is commonly missing. */
    static ClozeException notLoaded(Throwable failure) {
        String cure = NativeLoadFailure.reason(failure)
                .orElse("\n  Put ai.djl.pytorch:pytorch-jni and ai.djl.pytorch:pytorch-native-cpu:" + VERSION
                        + " with this machine's classifier on the class path, or set " + PATH_VARIABLE + " and "
                        + FLAVOR_VARIABLE + ".\n  If it could not be unpacked, set DJL_CACHE_DIR to a folder with"
                        + " room that this user may write to.");
        return new ClozeException(
                Problem.ENGINE_LIBTORCH,
                "libtorch " + VERSION + " could not be loaded: " + NativeLoadFailure.firstLine(failure) + cure,
                failure);
    }

    static void refuseOther(@Nullable String folder, @Nullable String flavor, @Nullable String override) {
        if (override != null && !isVersion(override)) {
            throw refused(VERSION_VARIABLE + " asks for libtorch " + override, "Unset " + VERSION_VARIABLE + ".");
        }
        if (folder == null) {
            return;
        }
        String found = version(Path.of(folder)).orElse("of unknown version");
        if (!found.equals(VERSION)) {
            throw refused(
                    PATH_VARIABLE + "=" + folder + " holds a libtorch " + found,
                    "Unset it, or let it name the lib folder of libtorch " + VERSION
                            + ", beside which a file build-version or version.py tells the version.");
        }
        if (flavor == null) {
            throw refused(
                    PATH_VARIABLE + " is set without " + FLAVOR_VARIABLE,
                    "Set " + FLAVOR_VARIABLE + " to cpu or cu128, as that libtorch is.");
        }
    }

    /** Other code of this process may have loaded it before, from wherever. */
    static void refuseOtherLoaded(String found) {
        if (!isVersion(found)) {
            throw refused(
                    "This process has loaded libtorch " + found,
                    "Have nothing else load DJL's PyTorch engine with another version.");
        }
    }

    /** DJL's own have a date behind their number. */
    static boolean isVersion(String found) {
        return found.equals(VERSION) || found.startsWith(VERSION + "-");
    }

    static ClozeException refused(String what, String cure) {
        return new ClozeException(
                Problem.ENGINE_LIBTORCH,
                what + ".\n  Only libtorch " + VERSION + " works with this engine; another one crashes the JVM.\n  "
                        + cure);
    }

    /** The version of the libtorch whose lib folder this is, from the file that its distribution puts beside it. */
    static Optional<String> version(Path lib) {
        for (Path folder : new Path[] {lib, lib.resolve("..").normalize()}) {
            for (String name : new String[] {"build-version", "version.py"}) {
                Path file = folder.resolve(name);
                if (Files.isRegularFile(file)) {
                    return read(file);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> read(Path file) {
        try {
            Matcher matcher = NUMBER.matcher(Files.readString(file));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A setting as DJL finds it: the variable of the environment, or else the system property; an empty one is none. */
    public static @Nullable String setting(String name) {
        String value = Utils.getEnvOrSystemProperty(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
