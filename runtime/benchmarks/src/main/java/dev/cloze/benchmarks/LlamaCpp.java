package dev.cloze.benchmarks;

import com.google.gson.JsonObject;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.model.LanguageModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Greedy writing beside llama.cpp, both with the same weights at 16 bits: in whichever of its two types it is faster. */
final class LlamaCpp {

    private static final String SCRIPT = "peer_llama.py";

    private static final GenerationOptions OPTIONS =
            GenerationOptions.defaults().withMaxTokens(Generation.TOKENS).withMinTokens(Generation.TOKENS);

    private final Settings settings;
    private final Path python;
    private final PrintStream out;

    LlamaCpp(Settings settings, Path python, PrintStream out) {
        this.settings = settings;
        this.python = python;
        this.out = out;
    }

    /** llama.cpp with weights of that type. */
    private record Rival(String type, Peer peer) {}

    void run(Shape shape) throws IOException, InterruptedException {
        String folder = shape.folder().toString();
        try (Peer f16 = Peer.start(settings, python, SCRIPT);
                Peer bf16 = Peer.start(settings, python, SCRIPT);
                ProductShare products = new ProductShare(shape.folder(), settings.rounds());
                LanguageModel full = LanguageModel.open(folder);
                LanguageModel half = Halved.open(folder).orElse(null)) {
            List<Rival> rivals = List.of(new Rival("f16", f16), new Rival("bf16", bf16));
            out.printf("%n### Writing beside llama.cpp, %s (new tokens a second, greedy)%n%n", shape.name());
            out.printf("%s; with the low-level batch interface.%n%n", f16.versions());
            out.println("| batch | its type | llama.cpp | Cloze in | | times as fast | rounds | equal tokens |"
                    + ProductShare.TITLES);
            out.println("|---:|---|---:|---|---:|---:|---|---:|" + ProductShare.RULE);
            for (int batch : new int[] {1, 8}) {
                List<int[]> prompts = Generation.prompts(batch, Generation.PROMPT, 1);
                Rival rival = faster(rivals, shape, prompts);
                row(rival, "bfloat16", half, prompts, products);
                row(rival, "float32", full, prompts, products);
            }
        }
    }

    private Rival faster(List<Rival> rivals, Shape shape, List<int[]> prompts)
            throws IOException, InterruptedException {
        Rival fastest = rivals.get(0);
        double least = Double.POSITIVE_INFINITY;
        for (Rival rival : rivals) {
            Map<String, ?> options = Map.of(
                    "model", gguf(shape, rival.type()).toString(),
                    "threads", settings.threads(),
                    "sequences", prompts.size(),
                    "slots", Generation.PROMPT + Generation.TOKENS);
            rival.peer().ask("load-text", options);
            double seconds = Duel.median(Peer.numbers(
                    rival.peer().ask("generate", request(prompts, 3)).get("seconds")));
            if (seconds < least) {
                fastest = rival;
                least = seconds;
            }
        }
        return fastest;
    }

    private static Map<String, ?> request(List<int[]> prompts, int repeat) {
        return Map.of("ids", prompts, "tokens", Generation.TOKENS, "repeat", repeat, "warmup", 0);
    }

    private void row(
            Rival rival, String precision, @Nullable LanguageModel model, List<int[]> prompts, ProductShare products)
            throws IOException {
        if (model == null) {
            return;
        }
        JsonObject theirs = rival.peer().ask("generate", request(prompts, 1));
        double equal =
                Generation.equalShare(Generation.generate(model, prompts, OPTIONS), theirs.getAsJsonArray("texts"));
        Duel.Turn our = () -> Duel.time(() -> Generation.generate(model, prompts, OPTIONS));
        Duel.Turn their = () -> Duel.median(
                Peer.numbers(rival.peer().ask("generate", request(prompts, 1)).get("seconds")));
        Generation.warmUp(our);
        Generation.warmUp(their);
        Duel duel = Duel.of(settings.rounds(), our, their, rival.peer().process());
        double tokens = prompts.size() * (double) Generation.TOKENS;
        out.printf(
                "| %d | %s | %.1f | %s | %.1f | **%.2f** | %s | %.0f %% |%s%n",
                prompts.size(),
                rival.type(),
                tokens / duel.their(),
                precision,
                tokens / duel.our(),
                duel.ratio(),
                duel.spread(),
                100 * equal,
                products.inferring(duel.our(), ProductShare.writing(prompts, 1, Generation.TOKENS)));
    }

    /** The weights as llama.cpp reads them, written once. */
    private Path gguf(Shape shape, String type) throws IOException, InterruptedException {
        Path file = settings.work().resolve(shape.name() + "-" + type + ".gguf").toAbsolutePath();
        if (!Files.exists(file)) {
            Process process = new ProcessBuilder(
                            python.toString(),
                            settings.scripts().resolve("write_gguf.py").toString(),
                            shape.folder().toString(),
                            file.toString(),
                            "--type",
                            type)
                    .inheritIO()
                    .start();
            if (process.waitFor() != 0) {
                Files.deleteIfExists(file);
                throw new IOException("write_gguf.py has failed; its last words are on standard error.");
            }
        }
        return file;
    }
}
