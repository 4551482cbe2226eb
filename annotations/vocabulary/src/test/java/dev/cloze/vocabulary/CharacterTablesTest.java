package dev.cloze.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the tables say of each character is what the library itself says. */
@Tag("slow") // the better part of a minute
class CharacterTablesTest {

    private static final Path FILE = Fixtures.folder("../../../main/resources/dev/cloze/vocabulary")
            .resolve(CharacterTables.RESOURCE)
            .normalize();

    @Test
    void theTablesAreTheLibrarysOwn() throws IOException {
        String normalizer = JsonParser.parseString(Fixtures.tokenizer("xlm-roberta"))
                .getAsJsonObject()
                .getAsJsonObject("normalizer")
                .toString();
        String asked = new NativeTables(normalizer).written();
        if ("1".equals(System.getenv("CLOZE_REWRITE_EXPECTED"))) {
            Files.writeString(FILE, asked, StandardCharsets.US_ASCII);
        }
        assertThat(asked.lines()).containsExactlyElementsOf(Files.readAllLines(FILE));
    }
}
