package dev.cloze.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description of the routes says what they answer. */
class OpenApiTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static Served served;
    private static JsonNode api;

    @BeforeAll
    static void started() throws Exception {
        served = new Served(Served.usual(), Served.settings());
        api = MAPPER.readTree(served.get("/openapi.json").body());
    }

    @AfterAll
    static void stopped() {
        served.close();
    }

    @Test
    void everyRouteIsDescribedAndNoOther() {
        TreeSet<String> described = new TreeSet<>();
        Iterator<String> paths = api.get("paths").fieldNames();
        while (paths.hasNext()) {
            String path = paths.next();
            api.get("paths")
                    .get(path)
                    .fieldNames()
                    .forEachRemaining(method -> described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path));
        }
        assertThat(served.server().routes().stream()
                        .filter(route -> !route.contains("page.") && !route.endsWith(" /") && !route.endsWith("svg")))
                .containsExactlyInAnyOrderElementsOf(described);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            get  | /v1/tasks                    | /v1/tasks                      | 200 |
            get  | /health                      | /health                        | 200 |
            post | /v1/tasks/{task}/predict     | /v1/tasks/reviews/predict      | 200 | {"input": {"text": "a great film"}}
            post | /v1/tasks/{task}/predict     | /v1/tasks/reviews/predict      | 400 | {"input": {"txt": "a great film"}}
            post | /v1/tasks/{task}/predict     | /v1/tasks/other/predict        | 404 | {"input": {"text": "a great film"}}
            post | /v1/tasks/{task}/predict-all | /v1/tasks/reviews/predict-all  | 200 | {"inputs": [{"text": "a great film"}]}
            post | /v1/tasks/{task}/generate    | /v1/tasks/writer/generate      | 200 | {"input": {"text": "a great film"}, "maxTokens": 3}
            post | /v1/tasks/{task}/generate    | /v1/tasks/writer/generate      | 422 | {"input": {"text": "a"}, "topP": 7}
            post | /v1/tasks/{task}/generate    | /v1/tasks/writer/generate      | 422 | {"input": {"text": "a"}, "topP": 0.9}
            post | /v1/fill-mask                | /v1/fill-mask                  | 200 | {"text": "It was {mask}."}
            post | /v1/fill-mask                | /v1/fill-mask                  | 422 | {"text": "It was."}
            post | /v1/workbench/read           | /v1/workbench/read             | 200 | {"templates": ["{text} {mask}", "{"], "labels": {"a": ["good"], "b": ["bad"]}, "texts": {"text": "film"}}
            post | /v1/workbench/evaluate       | /v1/workbench/evaluate         | 200 | {"templates": ["{text} {mask}", "{"], "labels": {"a": ["good"], "b": ["bad"]}, "examples": [{"texts": {"text": "film"}, "label": "a"}]}
            post | /v1/workbench/java           | /v1/workbench/java             | 200 | {"name": "A", "templates": ["{text} {mask}"], "labels": {"a": ["good"], "b": ["bad"]}}
            post | /v1/workbench/java           | /v1/workbench/java             | 422 | {"name": "not a name", "templates": ["{text} {mask}"], "labels": {"a": ["good"], "b": ["bad"]}}
            """)
    void anAnswerIsAsDescribed(String method, String path, String asked, int status, String body) throws Exception {
        HttpResponse<String> response = body == null ? served.get(asked) : served.post(asked, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode operation = api.get("paths").get(path).get(method);
        String type = status == 200 ? "application/json" : "application/problem+json";
        assertThat(response.headers().firstValue("Content-Type")).contains(type);
        assertValid(
                api,
                operation
                        .get("responses")
                        .get(Integer.toString(status))
                        .get("content")
                        .get(type)
                        .get("schema"),
                response.body());
        if (body != null && status == 200) {
            assertValid(
                    api,
                    operation
                            .get("requestBody")
                            .get("content")
                            .get("application/json")
                            .get("schema"),
                    body);
        }
    }

    /** Whether a text is what a part of a description says. */
    static void assertValid(JsonNode api, JsonNode schema, String json) throws IOException {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", api.get("components"));
        assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                        .getSchema(whole)
                        .validate(MAPPER.readTree(json)))
                .as(json)
                .isEmpty();
    }
}
