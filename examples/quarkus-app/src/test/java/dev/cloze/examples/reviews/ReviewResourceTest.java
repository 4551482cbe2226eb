package dev.cloze.examples.reviews;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The application as it is started, asked over HTTP; on the quick model. */
@QuarkusTest
class ReviewResourceTest {

    @Test
    void aReviewIsAnsweredWithItsLabel() {
        post("{\"text\": \"A warm, funny film with a lovely cast.\"}")
                .statusCode(200)
                .body(matchesPattern("\\{\"label\":\"(POSITIVE|NEGATIVE)\",\"probability\":0\\.\\d+(E-\\d)?\\}"));
    }

    @Test
    void aReviewWithoutTextIsTheCallersMistake() {
        post("{}").statusCode(400).contentType("application/problem+json").body("title", is("InputNull"));
    }

    @Test
    void itIsHealthyAndItsPredictionsAreCounted() {
        post("{\"text\": \"Lovely.\"}").statusCode(200);
        RestAssured.get("/q/health").then().statusCode(200).body("status", is("UP"));
        assertThat(RestAssured.get("/q/metrics").asString())
                .containsPattern("cloze_predict_seconds_count\\{.*task=\"review\".*\\} \\d")
                .contains("cloze_queue_answered_total");
    }

    @Test
    void thePageShowsWhatTheApplicationIsMadeOf() throws IOException {
        Matcher blocks = Pattern.compile("(?ms)^```java\\n(.*?)^```")
                .matcher(Files.readString(Path.of("../../docs/guide/quarkus.md")));
        String sources = sources();
        List<String> shown =
                blocks.results().map(block -> plain(block.group(1))).toList();
        assertThat(shown).isNotEmpty().allSatisfy(block -> assertThat(sources).contains(block));
    }

    /** All sources of this example, without imports and empty lines. */
    private static String sources() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                sources.append(plain(Files.readString(file)));
            }
        }
        return sources.toString();
    }

    private static String plain(String code) {
        return code.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("/**"))
                .reduce("", (all, line) -> all + line + "\n");
    }

    private static ValidatableResponse post(String json) {
        return given().contentType("application/json")
                .body(json)
                .post("/reviews")
                .then();
    }
}
