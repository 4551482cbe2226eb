package dev.cloze.quarkus.deployment;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.quarkus.deployment.tasks.Review;
import dev.cloze.quarkus.deployment.tasks.ReviewPipeline;
import dev.cloze.quarkus.deployment.tasks.Sentiment;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.PipelineProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.asset.FileAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** What the applications of the tests are made of. */
final class Applications {

    /** What the tests ask. */
    static final Review REVIEW = new Review("A warm, funny film.");

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = List.of(
            new Labeled<>(new Review("Lovely."), Sentiment.POSITIVE),
            new Labeled<>(new Review("Dreadful."), Sentiment.NEGATIVE));

    private Applications() {}

    /** Puts the tasks of these generated classes into an application, as the compiler would have. */
    static void withTasks(JavaArchive application, Class<?>... pipelines) {
        application
                .addPackage(Review.class.getPackage())
                .add(
                        new StringAsset(Arrays.stream(pipelines)
                                .map(one -> one.getName() + "$Provider\n")
                                .collect(Collectors.joining())),
                        "META-INF/services/" + PipelineProvider.class.getName());
    }

    /** The task of reviews alone. */
    static void withReviews(JavaArchive application) {
        withTasks(application, ReviewPipeline.class);
    }

    /** Puts a saved pipeline among the resources of an application. */
    static void withArchive(JavaArchive application, Path archive, String folder) {
        try (Stream<Path> files = Files.list(archive)) {
            files.forEach(file -> application.add(new FileAsset(file.toFile()), folder + "/" + file.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new folder, which the JVM's end leaves behind where all temporary files are. */
    static Path folder() {
        try {
            return Files.createTempDirectory("cloze-quarkus-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A saved pipeline of reviews; one for all tests of the JVM, however many class loaders they have. */
    static Path tuned() {
        return once("test.of.quarkus.tuned", folder -> tuned(folder, 1));
    }

    /** One of another template, in the same way. */
    static Path tunedOtherwise() {
        return once("test.of.quarkus.tuned-otherwise", Applications::tunedOtherwise);
    }

    /** A copy of {@link #tuned()}, one for all class loaders that ask by this property. */
    static Path copied(String property) {
        return once(property, folder -> copy(tuned(), folder.resolve("review")));
    }

    /** A folder of models with the quick one, in the same way. */
    static Path modelFolder(String property) {
        return once(property, folder -> {
            Path model = folder.resolve("cloze-tiny-en");
            for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
                String name = "/dev/cloze/models/cloze-tiny-en/" + file;
                try (InputStream in = Objects.requireNonNull(Applications.class.getResourceAsStream(name))) {
                    Files.createDirectories(model);
                    Files.copy(in, model.resolve(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return folder;
        });
    }

    private static Path copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With all in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path once(String property, UnaryOperator<Path> tuning) {
        String known = System.getProperty(property);
        if (known != null) {
            return Path.of(known);
        }
        Path folder = tuning.apply(folder());
        System.setProperty(property, folder.toString());
        return folder;
    }

    /** Saves a pipeline of reviews, of a prompt that other seeds make. */
    static Path tuned(Path folder, long seed) {
        try (PromptPipeline<Review, Sentiment> tuned = ReviewPipeline.trainer()
                .method(TuningMethod.PROMPT_TUNING)
                .options(options -> options.withSeed(seed))
                .fit(EXAMPLES)) {
            tuned.save(folder);
            return folder;
        }
    }

    /** Saves one of another template. */
    private static Path tunedOtherwise(Path folder) {
        ClassificationTask<Review, Sentiment> other = ClassificationTask.of(Review.class, Sentiment.class)
                .template("{text} All in all {mask}.")
                .placeholder("text", Review::text)
                .label(Sentiment.POSITIVE, "great", "good")
                .label(Sentiment.NEGATIVE, "terrible", "bad")
                .tuning(ReviewPipeline.TASK.tuning().withMethod(TuningMethod.PROMPT_TUNING))
                .build();
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(other).fit(EXAMPLES)) {
            tuned.save(folder);
            return folder;
        }
    }

    /** How probable it is that the review speaks well of the film. */
    static double positive(PromptPipeline<Review, Sentiment> reviews) {
        return Objects.requireNonNull(reviews.predict(REVIEW).probabilities().get(Sentiment.POSITIVE));
    }

    /** The same of a saved pipeline that is opened for it. */
    static double positive(Path archive) {
        try (PromptPipeline<Review, Sentiment> reviews = ReviewPipeline.load(archive)) {
            return positive(reviews);
        }
    }
}
