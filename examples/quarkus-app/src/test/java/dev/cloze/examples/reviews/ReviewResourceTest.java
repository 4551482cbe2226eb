package dev.cloze.examples.reviews;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import dev.cloze.testkit.browser.TestBrowser;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.Optional;
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
    void aPersonTriesTemplatesOnItsPage() {
        Optional<TestBrowser> found = TestBrowser.start();
        assumeTrue(found.isPresent(), TestBrowser.MISSING);
        try (TestBrowser chromium = found.get()) {
            Page page = chromium.browser().newPage();
            page.navigate("http://localhost:" + RestAssured.port + "/");
            page.getByLabel("{text}").fill("a great film");
            assertThat(page.locator("#cards > li").first().locator(".read")).containsText("a great film it was");
            assertThat(page.locator("#cards > li").first().locator(".best"))
                    .not()
                    .hasCount(0);
            assertThat(page.locator("#results tbody tr")).hasCount(2);
            assertThat(page.locator("#source")).containsText("record Review(String text)");
            assertThat(page.locator("#failure")).isHidden();
        }
    }

    @Test
    void whatThePageAsksWronglyIsToldWithACode() {
        given().contentType("application/json")
                .body("{\"templates\": []}")
                .post("/v1/workbench/read")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", is("RequestUnreadable"));
        RestAssured.get("/")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'none'"));
        RestAssured.get("/page.js").then().statusCode(200).body(containsString("v1/workbench/read"));
    }

    private static ValidatableResponse post(String json) {
        return given().contentType("application/json")
                .body(json)
                .post("/reviews")
                .then();
    }
}
