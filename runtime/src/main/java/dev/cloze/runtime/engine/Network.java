package dev.cloze.runtime.engine;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be fetched from the network, for Cloze and for DJL alike. Left alone, DJL asks the network at each start which machine of
 * Amazon's it runs on, tells its makers where it is one, and fetches libraries that are not on the class path.
 */
public final class Network {

    /** Variable and property by which DJL asks and tells nothing. */
    static final String TRACKING = "OPT_OUT_TRACKING";

    /** The property that forbids DJL the network. */
    static final String DJL_OFFLINE = "ai.djl.offline";

    private static final Set<String> TRUE = Set.of("1", "on", "yes", "true");

    private Network() {}

    /** The setting that forbids downloads, as it is written, of these variables and properties. */
    public static Optional<String> forbiddenBy(Map<String, String> variables, Properties properties) {
        String property = properties.getProperty("cloze.offline");
        if (isTrue(property)) {
            return Optional.of("cloze.offline=" + property);
        }
        for (String name : List.of("CLOZE_OFFLINE", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")) {
            String value = variables.get(name);
            if (isTrue(value)) {
                return Optional.of(name + "=" + value);
            }
        }
        return Optional.empty();
    }

    /** Hands what is set on to DJL, which asks for it when its first class is touched; what the user told DJL itself stays. */
    public static void restrictDjl() {
        if (System.getenv(TRACKING) == null && System.getProperty(TRACKING) == null) {
            System.setProperty(TRACKING, "true");
        }
        boolean said = System.getenv("DJL_OFFLINE") != null
                || System.getProperty(DJL_OFFLINE) != null
                || System.getProperty("offline") != null;
        if (!said && forbiddenBy(System.getenv(), System.getProperties()).isPresent()) {
            System.setProperty(DJL_OFFLINE, "true");
        }
    }

    private static boolean isTrue(@Nullable String value) {
        return value != null && TRUE.contains(value.strip().toLowerCase(Locale.ROOT));
    }
}
