package dev.cloze.quarkus.deployment;

import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;
import org.hamcrest.Matchers;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that is changed while it runs in dev mode: started twice in one JVM, which loads libtorch once. */
class LiveReloadTest {

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest().withApplicationRoot(application -> {
        Applications.withReviews(application);
        application
                .addClass(ReviewResource.class)
                .add(new StringAsset("quarkus.cloze.zero-shot=true\n"), "application.properties");
    });

    @Test
    void itAnswersAfterEachChange() {
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
