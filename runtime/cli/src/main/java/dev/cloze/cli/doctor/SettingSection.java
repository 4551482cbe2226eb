package dev.cloze.cli.doctor;

import ai.djl.util.Utils;
import dev.cloze.runtime.spi.DefaultBackbone;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables and properties that change what Cloze does, as they are set. */
final class SettingSection implements Section {

    private static final List<String> PROPERTIES = List.of(
            "cloze.device",
            "cloze.precision",
            "cloze.threads",
            "cloze.models",
            "cloze.cache",
            "cloze.offline",
            "cloze.progress",
            DefaultBackbone.QUICK);

    private static final List<String> VARIABLES = List.of(
            "CLOZE_MODELS",
            "CLOZE_CACHE",
            "CLOZE_OFFLINE",
            "CLOZE_THREADS",
            "CLOZE_TOKEN",
            "XDG_CACHE_HOME",
            "OMP_NUM_THREADS",
            "OMP_WAIT_POLICY",
            "GOMP_SPINCOUNT",
            "CUDA_VISIBLE_DEVICES",
            "HF_HOME",
            "HF_HUB_CACHE",
            "HUGGINGFACE_HUB_CACHE",
            "HF_ENDPOINT",
            "HF_TOKEN",
            "HF_TOKEN_PATH",
            "HUGGING_FACE_HUB_TOKEN",
            "HF_HUB_OFFLINE",
            "TRANSFORMERS_OFFLINE",
            "HTTPS_PROXY",
            "https_proxy",
            "HTTP_PROXY",
            "http_proxy",
            "NO_PROXY",
            "no_proxy");

    /** Variables that DJL takes as properties too. */
    private static final List<String> DJL = List.of(
            "DJL_CACHE_DIR",
            "ENGINE_CACHE_DIR",
            "PYTORCH_LIBRARY_PATH",
            "PYTORCH_FLAVOR",
            "PYTORCH_VERSION",
            "RUST_LIBRARY_PATH",
            "RUST_FLAVOR",
            "OPT_OUT_TRACKING");

    private static final Set<String> SECRET = Set.of(
            "CLOZE_TOKEN",
            "HF_TOKEN",
            "HUGGING_FACE_HUB_TOKEN",
            "HTTPS_PROXY",
            "https_proxy",
            "HTTP_PROXY",
            "http_proxy");

    @Override
    public String title() {
        return "Settings (properties with -Dname=value, variables of the environment)";
    }

    @Override
    public void examine(Report report) {
        List<String> unset = new ArrayList<>();
        PROPERTIES.forEach(name -> add(report, name, System.getProperty(name), unset));
        VARIABLES.forEach(name -> add(report, name, System.getenv(name), unset));
        DJL.forEach(name -> add(report, name, Utils.getEnvOrSystemProperty(name), unset));
        report.fact("not set", String.join(", ", unset));
    }

    private static void add(Report report, String name, @Nullable String value, List<String> unset) {
        if (value == null) {
            unset.add(name);
        } else {
            report.fact(name, SECRET.contains(name) ? "set, not shown" : "\"" + value + "\"");
        }
    }
}
