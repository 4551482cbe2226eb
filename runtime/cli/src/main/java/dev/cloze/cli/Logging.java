package dev.cloze.cli;

/** Decides what the libraries may log; it works only before the first of them does. */
final class Logging {

    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    /** Warnings alone, or all that is of interest. */
    static void configure(boolean verbose) {
        set("defaultLogLevel", verbose ? "info" : "warn");
        // How they go, where no bar shows it.
        set("log.dev.cloze.training", "info");
        set("log.dev.cloze.comparison", "info");
        set("log.dev.cloze.prediction", "info");
        set("log.dev.cloze.runtime.checkpoint.hub.DownloadProgress", "info");
        set("showThreadName", "false");
        set("showShortLogName", "true");
        if (!verbose) {
            // It warns where a CUDA runtime is installed without a driver, which harms nobody.
            set("log.ai.djl.util.cuda.CudaUtils", "off");
        }
    }

    /** What the user has set stays. */
    private static void set(String name, String value) {
        if (System.getProperty(PREFIX + name) == null) {
            System.setProperty(PREFIX + name, value);
        }
    }
}
