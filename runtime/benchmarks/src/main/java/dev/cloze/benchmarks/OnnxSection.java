package dev.cloze.benchmarks;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.LanguageModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An encoder's body from token ids against ONNX Runtime: by us the mean over the tokens too, by it the states alone. */
final class OnnxSection {

    private static final String PUBLISHED = "bge-small-en-v1.5";

    private static final double TOLERANCE = 1e-3;

    /** What is asked at once, beside so many busy processes: so many texts of that many tokens, or of 16 to 128. */
    private record Load(String name, int texts, int tokens, boolean sorted, int busy) {

        static final List<Load> ALL = List.of(
                new Load("1 x 16", 1, 16, false, 0),
                new Load("1 x 32", 1, 32, false, 0),
                new Load("1 x 128", 1, 128, false, 0),
                new Load("8 x 64", 8, 64, false, 0),
                new Load("8 of 16 to 128", 8, 0, false, 0),
                new Load("64 of 16 to 128", 64, 0, false, 0),
                new Load("64 of 16 to 128, they in eights sorted by length", 64, 0, true, 0),
                new Load("1 x 32 beside 4 busy processes", 1, 32, false, 4),
                new Load("8 x 64 beside 4 busy processes", 8, 64, false, 4));

        List<TokenRow> rows(int vocabulary) {
            Random random = new Random(1);
            return IntStream.range(0, texts)
                    .mapToObj(i -> tokens > 0 ? tokens : 16 + random.nextInt(113))
                    .map(length -> row(random, length, vocabulary))
                    .toList();
        }

        private static TokenRow row(Random random, int length, int vocabulary) {
            int[] ids = random.ints(length, 5, vocabulary).toArray();
            return new TokenRow(ids, new int[length], new int[] {0});
        }
    }

    private final Settings settings;
    private final PrintStream out;

    OnnxSection(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    void run() throws IOException, InterruptedException {
        try {
            Optional<Path> published = settings.realModel(PUBLISHED);
            if (settings.shapes().contains("small") && published.isPresent()) {
                run(new Shape(PUBLISHED, published.orElseThrow(), 0, 0));
            }
            if (settings.shapes().contains("base")) {
                run(Shape.base(settings));
            }
        } catch (OrtException e) {
            throw new IOException(e);
        }
    }

    private void run(Shape shape) throws IOException, InterruptedException, OrtException {
        out.printf(
                "%n### An encoder's body from ids, %s, ONNX Runtime %s (texts a second)%n%n",
                shape.name(), OrtEnvironment.getEnvironment().getVersion());
        out.println(
                "| at once | ONNX Runtime | Cloze | times as fast | rounds |" + Halved.TITLES + ProductShare.TITLES);
        out.println("|---|---:|---:|---:|---|" + Halved.RULE + ProductShare.RULE);
        String folder = shape.folder().toString();
        try (LanguageModel model = LanguageModel.open(folder);
                LanguageModel half = Halved.open(folder).orElse(null);
                OnnxBody body = OnnxBody.of(settings, shape);
                ProductShare products = new ProductShare(shape.folder(), settings.rounds())) {
            int vocabulary = Math.min(model.tokenizer().vocabularySize(), 30_000);
            for (Load load : Load.ALL) {
                row(
                        load,
                        load.rows(vocabulary),
                        model.backbone(),
                        half == null ? null : half.backbone(),
                        body,
                        products);
            }
        }
    }

    private void row(
            Load load,
            List<TokenRow> rows,
            Backbone backbone,
            @Nullable Backbone half,
            OnnxBody body,
            ProductShare products)
            throws IOException {
        requireEqual(ours(backbone, rows), body.means(rows));
        List<List<TokenRow>> theirs = load.sorted() ? eights(rows) : List.of(rows);
        Runnable our = () -> ours(backbone, rows);
        Runnable their = () -> theirs.forEach(body::states);
        int times = (int) Math.ceil(0.7 / Duel.time(our));
        Duel duel;
        try (Neighbours neighbours = Neighbours.of(load.busy())) {
            duel = Duel.of(settings.rounds(), () -> time(times, our), () -> time(times, their));
        }
        double texts = times * rows.size();
        out.printf(
                "| %s | %.1f | %.1f | **%.2f** | %s |%s%n",
                load.name(),
                texts / duel.their(),
                texts / duel.our(),
                duel.ratio(),
                duel.spread(),
                load.busy() > 0
                        ? Halved.NONE + ProductShare.NONE
                        : halved(times, rows, our, half)
                                + products.inferring(
                                        duel.our() / times,
                                        ProductShare.everywhere(ProductShare.batches(ids(rows), rows.size()))));
    }

    private String halved(int times, List<TokenRow> rows, Runnable our, @Nullable Backbone half) throws IOException {
        return half == null
                ? Halved.NONE
                : Halved.columns(
                        settings.rounds(),
                        () -> time(times, () -> ours(half, rows)),
                        () -> time(times, our),
                        seconds -> times * rows.size() / seconds);
    }

    private static List<int[]> ids(List<TokenRow> rows) {
        return rows.stream().map(TokenRow::ids).toList();
    }

    private static double time(int times, Runnable work) {
        work.run(); // after a rest
        return Duel.time(() -> {
            for (int i = 0; i < times; i++) {
                work.run();
            }
        });
    }

    private static List<List<TokenRow>> eights(List<TokenRow> rows) {
        List<TokenRow> sorted =
                rows.stream().sorted(Comparator.comparingInt(TokenRow::length)).toList();
        List<List<TokenRow>> eights = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += 8) {
            eights.add(sorted.subList(from, Math.min(sorted.size(), from + 8)));
        }
        return eights;
    }

    private static float[][] ours(Backbone backbone, List<TokenRow> rows) {
        return backbone.vectors(rows, StatePooling.MEAN);
    }

    private static void requireEqual(float[][] ours, double[][] theirs) {
        for (int i = 0; i < theirs.length; i++) {
            for (int j = 0; j < theirs[i].length; j++) {
                if (!(Math.abs(ours[i][j] - theirs[i][j]) <= TOLERANCE)) {
                    throw new IllegalStateException("The two differ in number %d of text %d: %s and %s"
                            .formatted(j, i, ours[i][j], theirs[i][j]));
                }
            }
        }
    }
}
