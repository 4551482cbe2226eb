package dev.cloze.examples.entities;

import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.FoundSpan;
import dev.cloze.runtime.SpanEvaluation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Learns from some forty messages which parts of a message name a person, a dish or a time.
 *
 * <p>Its one argument is the folder the tuned pipeline is written to; {@code target/entity-pipeline} without one.
 */
public final class EntitiesExample {

    private static final List<Message> NEW_MESSAGES = List.of(
            new Message("Could Frida have the pumpkin soup at eight?"),
            new Message("🍺 Two more beers for Walter and the grilled cheese."));

    private final PrintStream out;

    private EntitiesExample(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        run(Path.of(arguments.length > 0 ? arguments[0] : "target/entity-pipeline"), System.out);
    }

    static SpanEvaluation<Entity> run(Path folder, PrintStream out) throws IOException {
        return new EntitiesExample(out).run(folder);
    }

    private SpanEvaluation<Entity> run(Path folder) throws IOException {
        List<Extracted<Message, Entity>> train = MessageFile.read("train.txt");
        List<Extracted<Message, Entity>> test = MessageFile.read("test.txt");
        try (ExtractionPipeline<Message, Entity> pipeline =
                MessagePipeline.trainer().fit(train)) {
            SpanEvaluation<Entity> measured = pipeline.evaluate(test);
            out.printf(Locale.ROOT, "Tuned on %d messages: %s%n", train.size(), measured);
            measured.labels()
                    .forEach((entity, scores) -> out.printf(
                            Locale.ROOT, "  %s: F1 %.2f of %d spans%n", entity, scores.f1(), scores.support()));
            for (Message message : NEW_MESSAGES) {
                out.println("  " + message.text());
                pipeline.extract(message).forEach(this::print);
            }
            pipeline.save(folder);
            out.println("Written to " + folder.toAbsolutePath());
            return measured;
        }
    }

    private void print(FoundSpan<Entity> found) {
        out.printf(
                Locale.ROOT,
                "    %s \"%s\", %d to %d (%.0f%%)%n",
                found.label(),
                found.text(),
                found.span().start(),
                found.span().end(),
                100 * found.probability());
    }
}
