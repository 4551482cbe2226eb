package dev.cloze.runtime.tuning.unlabeled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.tuning.LabelAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSpoolTest {

    private static final List<String> PATHS = List.of("title", "body");
    private static final List<Map<String, String>> TEXTS = List.of(
            Map.of("title", "One", "body", ""),
            Map.of("title", "\u00e4\u4e2d\ud83d\ude00", "body", "two\nlines"),
            Map.of("title", "", "body", "x".repeat(100_000)));

    @TempDir
    Path folder;

    private String write(Path to, List<Map<String, String>> texts) throws IOException {
        Files.createDirectories(to);
        SpoolWriter writer = new SpoolWriter(to, PATHS);
        try (writer) {
            texts.forEach(writer::add);
        }
        return writer.hash();
    }

    @Test
    void whatIsWrittenIsReadInAnyOrder() throws IOException {
        write(folder.resolve("a"), TEXTS);
        try (TextSpool spool = TextSpool.open(folder.resolve("a"), PATHS)) {
            assertThat(spool).hasSize(3);
            for (int i : new int[] {2, 0, 1, 2}) {
                assertThat(spool.get(i)).isEqualTo(TEXTS.get(i));
            }
        }
    }

    @Test
    void theHashTellsTextsApartEvenWhereTheirPartsJoinAlike() throws IOException {
        String one = write(folder.resolve("a"), List.of(Map.of("title", "ab", "body", "c")));
        String other = write(folder.resolve("b"), List.of(Map.of("title", "a", "body", "bc")));
        assertThat(one).isNotEqualTo(other);
        assertThat(write(folder.resolve("c"), List.of(Map.of("title", "ab", "body", "c"))))
                .isEqualTo(one);
    }

    @Test
    void thereMayBeNone() throws IOException {
        write(folder.resolve("a"), List.of());
        try (TextSpool spool = TextSpool.open(folder.resolve("a"), PATHS)) {
            assertThat(spool).isEmpty();
        }
    }

    @Test
    void scoresAreReadAsTheyWereWritten() throws IOException {
        Path file = folder.resolve("scores.bin");
        List<Integer> told = new ArrayList<>();
        List<Map<String, String>> texts = Collections.nCopies(700, Map.of("text", "t"));
        ScoreFile.write(
                folder.resolve("answers"),
                texts,
                inputs -> inputs.stream()
                        .map(input -> new LabelAnswer(new float[] {1, 2}, List.of(), false))
                        .toList(),
                told::add);
        assertThat(told).containsExactly(512, 700);
        ScoreFile.write(file, List.of(new float[] {1.5f, -2}, new float[] {Float.MIN_VALUE, 3}));
        try (ScoreFile scores = ScoreFile.open(file, 2)) {
            assertThat(scores).hasSize(2);
            assertThat(scores.get(1)).containsExactly(Float.MIN_VALUE, 3);
            assertThat(scores.get(0)).containsExactly(1.5f, -2);
        }
    }
}
