package dev.cloze.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.devui.tests.DevUIJsonRPCTest;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;
import java.util.Map;
import org.hamcrest.Matchers;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that is changed while it runs in dev mode: started twice in one JVM, which loads libtorch once. */
class LiveReloadTest extends DevUIJsonRPCTest {

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest().withApplicationRoot(application -> {
        Applications.withReviews(application);
        application
                .addClass(ReviewResource.class)
                .add(new StringAsset("quarkus.cloze.zero-shot=true\n"), "application.properties");
    });

    LiveReloadTest() {
        super("cloze-quarkus");
    }

    @Test
    void itAnswersAfterEachChange() throws Exception {
        String before = ask();
        APPLICATION.modifySourceFile(ReviewResource.class, source -> source.replace("\"1: \"", "\"2: \""));
        RestAssured.given()
                .body("A warm, funny film.")
                .post("/reviews")
                .then()
                .statusCode(200)
                .body(Matchers.is(before.replace("1: ", "2: ")));
        APPLICATION.modifyResourceFile(
                "application.properties", properties -> properties + "quarkus.cloze.tasks.review.enabled=true\n");
        RestAssured.given().body("A warm, funny film.").post("/reviews").then().statusCode(200);
        theDevUiHasTheTaskAndAsksIt();
    }

    /** In the same application: starting one more takes longer than all else here. */
    private void theDevUiHasTheTaskAndAsksIt() throws Exception {
        JsonNode row = executeJsonRPCMethod("tasks").get(0);
        assertThat(row.get("name").asText()).isEqualTo("review");
        assertThat(row.get("type").asText()).isEqualTo("PromptPipeline<Review, Sentiment>");
        assertThat(row.get("state").asText()).isEqualTo("OPEN");
        assertThat(row.get("templates").get(0).get("text").asText()).isEqualTo("{text} It was {mask}.");
        assertThat(row.get("input").asText()).contains("\"text\": \"\"");

        JsonNode answer =
                executeJsonRPCMethod("ask", Map.of("task", "review", "input", "{\"text\": \"A warm, funny film.\"}"));
        assertThat(answer.get("failure").asText()).isEmpty();
        assertThat(answer.get("parts").size()).isEqualTo(2);
        assertThat(answer.get("text").asText())
                .isEqualTo(answer.get("parts").get(0).get("name").asText());
        assertThat(executeJsonRPCMethod("ask", Map.of("task", "review", "input", "{"))
                        .get("failure")
                        .asText())
                .startsWith("This is no input of the task");
        RestAssured.get("/q/dev-ui/cloze-quarkus/qwc-cloze-tasks.js").then().statusCode(200);
    }

    private static String ask() {
        return RestAssured.given()
                .body("A warm, funny film.")
                .post("/reviews")
                .then()
                .statusCode(200)
                .body(Matchers.startsWith("1: "))
                .extract()
                .asString();
    }
}
