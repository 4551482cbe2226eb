package dev.cloze.benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.generation.TextGenerator;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.prefix.PrefixForm;
import dev.cloze.runtime.tuning.prefix.PrefixLayout;
import dev.cloze.runtime.tuning.soft.SoftBackbone;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Tokens a second of greedy and beam search: prompts of 32 tokens, 128 new tokens each. */
final class Generation {

    static final int PROMPT = 32;
    static final int TOKENS = 128;

    /** Each side writes that long before it is measured, as a service has: the JVM compiles what it runs often. */
    private static final double WARM_UP_SECONDS = 4;

    private final Settings settings;
    private final Peer peer;
    private final PrintStream out;

    Generation(Settings settings, Peer peer, PrintStream out) {
        this.settings = settings;
        this.peer = peer;
        this.out = out;
    }

    void run(Shape shape) throws IOException {
        peer.ask("load-text", Map.of("model", shape.folder().toString(), "threads", settings.threads()));
        out.printf("%n### Generation, %s (new tokens a second)%n%n", shape.name());
        out.println("| search | batch | transformers | Cloze | times as fast | rounds | equal tokens |" + Halved.TITLES
                + ProductShare.TITLES);
        out.println("|---|---:|---:|---:|---:|---|---:|" + Halved.RULE + ProductShare.RULE);
        String folder = shape.folder().toString();
        try (LanguageModel model = LanguageModel.open(folder);
                ProductShare products = new ProductShare(shape.folder(), settings.rounds());
                LanguageModel half = Halved.open(folder).orElse(null)) {
            List<int[]> prompts = prompts(8, PROMPT, 1);
            for (int beams : new int[] {1, 4}) {
                for (int batch : new int[] {1, 8}) {
                    row(model, half, prompts.subList(0, batch), beams, products);
                }
            }
        }
    }

    /** Greedy writing behind a prefix of twenty, against PEFT; each side's is drawn by itself, which takes the same time. */
    void prefixed(Shape shape) throws IOException {
        peer.ask("load-text", Map.of("model", shape.folder().toString(), "threads", settings.threads()));
        out.printf("%n### Generation behind a prefix of 20, %s (new tokens a second, greedy)%n%n", shape.name());
        out.println("| batch | PEFT | Cloze | times as fast | rounds |" + ProductShare.TITLES);
        out.println("|---:|---:|---:|---:|---|" + ProductShare.RULE);
        Random random = new Random(5);
        try (LanguageModel model = LanguageModel.open(shape.folder().toString());
                ProductShare products = new ProductShare(shape.folder(), settings.rounds());
                SoftBackbone backbone = SoftBackbone.over(
                        model.backbone(),
                        PrefixForm.of(PrefixLayout.of(model.backbone(), SoftMethod.LENGTH)),
                        (memory, slot) -> memory.create(
                                normal(random, slot.shape()), new ai.djl.ndarray.types.Shape(slot.shape())))) {
            for (int batch : new int[] {1, 8}) {
                prefixed(model, (TextBackbone) backbone, prompts(batch, PROMPT, 1), products);
            }
        }
    }

    private static float[] normal(Random random, long[] shape) {
        float[] numbers = new float[(int) (shape[0] * shape[1])];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (0.02 * random.nextGaussian());
        }
        return numbers;
    }

    private void prefixed(LanguageModel model, TextBackbone backbone, List<int[]> prompts, ProductShare products)
            throws IOException {
        Map<String, ?> request = Map.of("ids", prompts, "tokens", TOKENS, "beams", 1, "warmup", 0);
        GenerationOptions options =
                GenerationOptions.defaults().withMaxTokens(TOKENS).withMinTokens(TOKENS);
        Duel.Turn our = () -> Duel.time(() -> generate(model, backbone, prompts, options));
        Duel.Turn their = () ->
                Duel.median(Peer.numbers(peer.ask("generate-prefixed", request).get("seconds")));
        warmUp(our);
        warmUp(their);
        Duel duel = Duel.of(settings.rounds(), our, their, peer.process());
        double tokens = prompts.size() * (double) TOKENS;
        out.printf(
                "| %d | %.1f | %.1f | **%.2f** | %s |%s%n",
                prompts.size(),
                tokens / duel.their(),
                tokens / duel.our(),
                duel.ratio(),
                duel.spread(),
                products.inferring(duel.our(), ProductShare.writing(prompts, 1, TOKENS)));
    }

    private void row(
            LanguageModel model, @Nullable LanguageModel half, List<int[]> prompts, int beams, ProductShare products)
            throws IOException {
        Map<String, ?> request = Map.of("ids", prompts, "tokens", TOKENS, "beams", beams, "warmup", 0);
        GenerationOptions options = GenerationOptions.defaults()
                .withMaxTokens(TOKENS)
                .withMinTokens(TOKENS)
                .withBeams(beams);
        JsonObject theirs = peer.ask("generate", request);
        double equal = equalShare(generate(model, prompts, options), theirs.getAsJsonArray("texts"));
        Duel.Turn our = () -> Duel.time(() -> generate(model, prompts, options));
        Duel.Turn their =
                () -> Duel.median(Peer.numbers(peer.ask("generate", request).get("seconds")));
        warmUp(our);
        warmUp(their);
        Duel duel = Duel.of(settings.rounds(), our, their, peer.process());
        double tokens = prompts.size() * (double) TOKENS;
        out.printf(
                "| %s | %d | %.1f | %.1f | **%.2f** | %s | %.0f %% |%s%s%n",
                beams == 1 ? "greedy" : "beam " + beams,
                prompts.size(),
                tokens / duel.their(),
                tokens / duel.our(),
                duel.ratio(),
                duel.spread(),
                100 * equal,
                half == null
                        ? Halved.NONE
                        : Halved.columns(
                                settings.rounds(),
                                () -> Duel.time(() -> generate(half, prompts, options)),
                                our,
                                seconds -> tokens / seconds),
                products.inferring(duel.our(), ProductShare.writing(prompts, beams, TOKENS)));
    }

    static void warmUp(Duel.Turn turn) throws IOException {
        double spent = 0;
        while (spent < WARM_UP_SECONDS) {
            spent += turn.seconds();
        }
    }

    /** Writes with that model. */
    static List<List<Generated>> generate(LanguageModel model, List<int[]> prompts, GenerationOptions options) {
        return generate(model, model.textBackbone(), prompts, options);
    }

    private static List<List<Generated>> generate(
            LanguageModel model, TextBackbone backbone, List<int[]> prompts, GenerationOptions options) {
        return TextGenerator.generate(
                backbone,
                model.tokenizer(),
                model.textEnds(),
                prompts,
                Injection.NONE,
                options,
                GenerationListener.NONE);
    }

    /** Weights are random, so that two tokens may be as probable as one another but for rounding; few are. */
    static double equalShare(List<List<Generated>> ours, JsonArray theirs) {
        int equal = 0;
        for (int p = 0; p < theirs.size(); p++) {
            int[] ids = ours.get(p).get(0).ids();
            JsonArray other = theirs.get(p).getAsJsonArray();
            for (int t = 0; t < TOKENS; t++) {
                equal += t < ids.length && ids[t] == other.get(t).getAsInt() ? 1 : 0;
            }
        }
        return equal / (double) (TOKENS * theirs.size());
    }

    /** Seeded prompts of random tokens, none of them special. */
    static List<int[]> prompts(int count, int length, long seed) {
        Random random = new Random(seed);
        List<int[]> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prompts.add(random.ints(length, 5, 12_000).toArray());
        }
        return prompts;
    }
}
