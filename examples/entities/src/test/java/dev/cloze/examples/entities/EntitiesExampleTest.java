package dev.cloze.examples.entities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.Span;
import dev.cloze.runtime.SpanEvaluation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntitiesExampleTest {

    @Test
    void bracketsAreSpans() {
        Extracted<Message, Entity> read = MessageFile.message("Two [DISH fried eggs] for [PERSON Jo].");
        assertThat(read.input().text()).isEqualTo("Two fried eggs for Jo.");
        assertThat(read.spans()).containsExactly(new Span<>(4, 14, Entity.DISH), new Span<>(19, 21, Entity.PERSON));
    }

    @Test
    void noMessageIsThereTwiceAndEveryEntityIsThereOften() throws IOException {
        List<Extracted<Message, Entity>> all = Stream.concat(
                        MessageFile.read("train.txt").stream(), MessageFile.read("test.txt").stream())
                .toList();
        assertThat(all).extracting(one -> one.input().text()).doesNotHaveDuplicates();
        for (Entity entity : Entity.values()) {
            assertThat(all.stream()
                            .flatMap(one -> one.spans().stream())
                            .filter(span -> span.label() == entity)
                            .count())
                    .isGreaterThan(20);
        }
    }

    @Test
    void someFortyMessagesTeachWhatIsWhat(@TempDir Path temporary) throws IOException {
        Path folder = temporary.resolve("pipeline");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        SpanEvaluation<Entity> measured =
                EntitiesExample.run(folder, new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(measured.f1()).isGreaterThan(0.6);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("DISH \"pumpkin soup\", 21 to 33");
        try (ExtractionPipeline<Message, Entity> loaded = MessagePipeline.load(folder)) {
            assertThat(loaded.evaluate(MessageFile.read("test.txt"))).isEqualTo(measured);
        }
    }
}
