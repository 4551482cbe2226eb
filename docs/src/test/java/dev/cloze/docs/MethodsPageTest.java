package dev.cloze.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide's table of what each method can do is what the compiler and the runtime know of it. */
class MethodsPageTest {

    private static final Path PAGE = Path.of("guide/which-method.md");

    /** Its columns are the kinds of task in their order, between the methods' names and several templates. */
    private static final String HEAD =
            "| method | labels | numbers | spans | words ranked | texts | several templates |";

    @Test
    void theTableHasEveryMethodWithWhatItServes() throws IOException {
        List<TuningMethod> told = new ArrayList<>();
        for (List<String> row : rows()) {
            for (String name : row.get(0).replace("`", "").split(", ", -1)) {
                TuningMethod method = TuningMethod.valueOf(name);
                told.add(method);
                assertThat(row.subList(1, row.size())).as(name).isEqualTo(cells(method));
            }
        }
        assertThat(told).containsExactlyInAnyOrder(TuningMethod.values());
    }

    private static List<List<String>> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals(HEAD))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .map(cells -> cells.subList(1, cells.size() - 1))
                .toList();
    }

    private static List<String> cells(TuningMethod method) {
        return Stream.concat(
                        Arrays.stream(TaskKind.values()).map(kind -> MethodTable.find(method, kind)
                                .map(MethodsPageTest::models)
                                .orElse("")),
                        Stream.of(severalTemplates(method)))
                .toList();
    }

    private static String models(MethodTraits row) {
        if (!row.hasBackbone() || Arrays.stream(BackboneKind.values()).allMatch(row::serves)) {
            return "yes";
        }
        return Arrays.stream(BackboneKind.values())
                .filter(row::serves)
                .map(kind -> switch (kind) {
                    case ENCODER -> "encoders";
                    case DECODER -> "decoders";
                    case ENCODER_DECODER -> "T5";
                })
                .collect(Collectors.joining(", "));
    }

    /** Of which kinds of task it reads several, unless it is of all that it serves. */
    private static String severalTemplates(TuningMethod method) {
        List<MethodTraits> served = MethodTable.rows().stream()
                .filter(row -> row.method() == method)
                .toList();
        if (served.stream().allMatch(MethodTraits::severalTemplates)) {
            return "yes";
        }
        return served.stream()
                .filter(MethodTraits::severalTemplates)
                .map(row -> switch (row.kind()) {
                    case CLASSIFICATION -> "labels";
                    case REGRESSION -> "numbers";
                    case EXTRACTION -> "spans";
                    case CLOZE -> "words";
                    case TEXT -> "texts";
                })
                .collect(Collectors.joining(", "));
    }
}
