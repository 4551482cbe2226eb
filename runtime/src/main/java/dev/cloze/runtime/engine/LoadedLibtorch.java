package dev.cloze.runtime.engine;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The libtorch this process has loaded, for reports.
 *
 * @param version such as 2.7.1
 * @param flavour {@code cpu}, or the CUDA version it is built for: {@code cu128}
 * @param folder where its libraries are
 * @param threads how many threads one operation uses
 */
public record LoadedLibtorch(String version, String flavour, Path folder, int threads) {

    private static final Pattern FLAVOUR = Pattern.compile("-(cpu(?:-precxx11)?|cu\\d+(?:-precxx11)?)(?:-|$)");

    /** Loads libtorch if nobody has; ENGINE_LIBTORCH if it cannot be, or is of another version. */
    public static LoadedLibtorch load() {
        Engine engine = Libtorch.engine();
        Path folder = Path.of(LibUtils.getLibtorchPath());
        return new LoadedLibtorch(engine.getVersion(), flavour(folder), folder, JniUtils.getNumThreads());
    }

    /** The version of DJL, which is known without libtorch. */
    public static String djlVersion() {
        Network.restrictDjl();
        return Engine.getDjlVersion();
    }

    /** Where DJL unpacks libtorch, which need not be there. */
    public static Path cache() {
        return Utils.getEngineCacheDir("pytorch");
    }

    /** What DJL wrote into the name of its folder, or, of a libtorch of the user's own, what they said. */
    private static String flavour(Path folder) {
        Matcher matcher = FLAVOUR.matcher(String.valueOf(folder.getFileName()));
        String said = Libtorch.setting(Libtorch.FLAVOR_VARIABLE);
        return matcher.find() ? matcher.group(1) : said == null ? "cpu" : said;
    }
}
