package dev.cloze.runtime.checkpoint.hub;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static dev.cloze.runtime.checkpoint.hub.FakeHub.cut;
import static dev.cloze.runtime.checkpoint.hub.FakeHub.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.DiskFolders;
import dev.cloze.runtime.checkpoint.file.FileHash;
import dev.cloze.runtime.checkpoint.folder.Origin;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import dev.cloze.runtime.checkpoint.resolution.Models;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault of the hub or of the way to it ends in the whole model or in a sentence that says what to do. */
class HubFaultsTest extends HubTestBase {

    private static final String WEIGHTS = "model.safetensors";

    @Test
    void aCutConnectionGoesOnFromWhereItWasCut() {
        hub.fail("GET " + WEIGHTS, cut(100), cut(150), cut(1), cut(1));
        assertWhole(resolver().resolve("org/tiny"));
        assertThat(rangesOf(WEIGHTS)).containsExactly(null, "bytes=100-", "bytes=250-", "bytes=251-", "bytes=252-");
    }

    @Test
    void aSmallFileGoesOnTooIfItHasNotChanged() {
        hub.fail("GET tokenizer.json", cut(5));
        assertWhole(resolver().resolve("org/tiny"));
        assertThat(rangesOf("tokenizer.json")).containsExactly(null, "bytes=5-");
    }

    @Test
    void aServerWithoutRangesStartsFromTheBeginning() {
        hub.ignoresRanges = true;
        hub.fail("GET " + WEIGHTS, cut(100));
        assertWhole(resolver().resolve("org/tiny"));
    }

    @Test
    void aConnectionThatIsCutAgainAndAgainIsGivenUpAndWhatCameIsKept() throws IOException {
        hub.fail("GET " + WEIGHTS, cut(100), cut(0), cut(0), cut(0));
        assertProblem(Problem.MODEL_DOWNLOAD_FAILED, () -> resolver().resolve("org/tiny"))
                .hasMessageContaining("the next try goes on from there");
        assertNothingUsable();
        assertThat(blobs()).anyMatch(name -> name.endsWith(".incomplete"));
        hub.requests.clear();
        assertWhole(resolver().resolve("org/tiny"));
        assertThat(rangesOf(WEIGHTS)).contains("bytes=100-");
        assertOnlyBlobs(3);
    }

    @Test
    void aLeftoverOfAnotherVersionIsThrownAway() throws IOException {
        Path blobs = Files.createDirectories(hubCache().resolve("models--org--tiny/blobs"));
        String etag = FileHash.hex(FileHash.digest("SHA-256").digest(hub.content(WEIGHTS)));
        for (int size : new int[] {10, hub.content(WEIGHTS).length, 100_000}) {
            Files.write(blobs.resolve(etag + ".incomplete"), new byte[size]);
            assertWhole(resolver().resolve("org/tiny"));
            assertOnlyBlobs(3);
            DiskFolders.delete(hubCache().resolve("models--org--tiny/snapshots"));
            Files.delete(blobs.resolve(etag));
        }
    }

    @Test
    void aConnectionThatFallsSilentIsTakenUpAgain() {
        hub.fail("GET " + WEIGHTS, FakeHub.silence(20_000));
        Instant start = Instant.now();
        assertWhole(resolver().resolve("org/tiny"));
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(15));
    }

    @ParameterizedTest
    @CsvSource({"model.safetensors, 64", "tokenizer.json, 40"})
    void aWrongChecksumIsNeverUsed(String file, int digits) throws IOException {
        hub.wrongEtags.put(file, "0".repeat(digits));
        assertProblem(Problem.MODEL_CHECKSUM, () -> resolver().resolve("org/tiny"))
                .hasMessageContaining(file)
                .hasMessageContaining("nothing of it used");
        assertNothingUsable();
        assertThat(blobs()).noneMatch(name -> name.startsWith("0000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 |               |       | Set HF_TOKEN to a token of an account that may read it",
                "401 |               | hf_x  | it may be wrong or expired",
                "403 |               |       | Set HF_TOKEN",
                "403 |               | hf_x  | The token that is set may not read it",
                "403 | GatedRepo     | hf_x  | accept the conditions at",
                "401 | GatedRepo     |       | accept the conditions at"
            })
    void aRefusalSaysWhatToSet(int status, String errorCode, String token, String cure) {
        hub.fail("HEAD config.json", errorCode == null ? status(status) : status(status, "X-Error-Code", errorCode));
        assertProblem(Problem.MODEL_DOWNLOAD_REFUSED, () -> resolver(token).resolve("org/tiny"))
                .hasMessageContaining("(HTTP " + status + ")")
                .hasMessageContaining(cure);
        assertThat(hub.requests).hasSize(1);
    }

    @Test
    void aRefusalOfTheContentAloneIsARefusalToo() {
        hub.fail("GET " + WEIGHTS, status(403));
        assertProblem(Problem.MODEL_DOWNLOAD_REFUSED, () -> resolver().resolve("org/tiny"));
        assertNothingUsable();
    }

    @Test
    void aModelThatIsNowhereIsNotFound() throws IOException {
        Models.writeHubCache(hubCache(), "models--org--tiny");
        assertProblem(Problem.MODEL_NOT_FOUND, () -> resolver().resolve("org/tini"))
                .hasMessageContaining("Did you mean \"org/tiny\"?")
                .hasMessageContaining("the hub: " + hub.endpoint() + "/org/tini")
                .hasMessageContaining("set HF_TOKEN");
        hub.fail("HEAD config.json", status(404));
        assertProblem(Problem.MODEL_NOT_FOUND, () -> resolver().resolve("org/other"));
    }

    @Test
    void tooManyRequestsAreRepeatedWhenTheHubSaysSo() {
        hub.fail("HEAD tokenizer.json", status(429, "Retry-After", "1"));
        Instant start = Instant.now();
        assertWhole(resolver().resolve("org/tiny"));
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(990));
    }

    @Test
    void aHubThatAsksToWaitTooLongIsGivenUpAtOnce() {
        hub.fail("HEAD config.json", status(429, "Retry-After", "3600"));
        assertProblem(Problem.MODEL_DOWNLOAD_FAILED, () -> resolver().resolve("org/tiny"))
                .hasMessageContaining("HTTP 429")
                .hasMessageContaining("asks to wait 60 min")
                .hasMessageContaining("set HF_TOKEN");
        assertThat(hub.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void troubleOfTheHubIsTriedAgainAndThenTold(int status) {
        hub.fail("GET " + WEIGHTS, status(status));
        assertWhole(resolver().resolve("org/tiny"));
        assertThat(hub.gets(WEIGHTS)).isEqualTo(2);

        hub.fail("HEAD config.json", status(status), status(status), status(status));
        hub.requests.clear();
        assertProblem(
                        Problem.MODEL_DOWNLOAD_FAILED,
                        () -> new HubSource(environment(null, null), LITTLE, BlobDownload.REAL_DISK).find("org/other"))
                .hasMessageContaining("HTTP " + status);
        assertThat(hub.requests).hasSize(3);
    }

    @Test
    void aHubThatCannotBeReachedIsToldWithTheWaysOut() {
        hub.close();
        assertProblem(Problem.MODEL_DOWNLOAD_FAILED, () -> resolver().resolve("org/tiny"))
                .hasMessageContaining("HF_ENDPOINT")
                .hasMessageContaining("https.proxyHost")
                .hasMessageContaining("CLOZE_MODELS");
    }

    @Test
    void anAddressThatDoesNotExistIsNotTriedTwice() {
        ModelEnvironment nowhere = new ModelEnvironment(
                List.of(),
                ClassLoader.getPlatformClassLoader(),
                root,
                hubCache(),
                URI.create("http://hub.invalid"),
                null,
                null);
        Patience slow = new Patience(3, Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofSeconds(20), 1);
        assertProblem(Problem.MODEL_DOWNLOAD_FAILED, () -> new HubSource(nowhere, slow, BlobDownload.REAL_DISK)
                        .find("org/tiny"))
                .hasMessageContaining("no address is known");
    }

    @Test
    void aCertificateThatJavaDoesNotKnowIsToldAtOnce() throws Exception {
        try (SelfSignedHub signed = new SelfSignedHub(root)) {
            ModelEnvironment environment = new ModelEnvironment(
                    List.of(), ClassLoader.getPlatformClassLoader(), root, hubCache(), signed.endpoint(), null, null);
            Patience slow = new Patience(3, Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofSeconds(20), 1);
            assertProblem(Problem.MODEL_DOWNLOAD_FAILED, () -> new HubSource(environment, slow, BlobDownload.REAL_DISK)
                            .find("org/tiny"))
                    .hasMessageContaining("certificate")
                    .hasMessageContaining("trustStoreType=Windows-ROOT")
                    .hasMessageContaining("-Djavax.net.ssl.trustStore=FILE")
                    .hasMessageNotContaining("connected?");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "huggingface.co",
                "not an address",
                "ftp://hub.example",
                "https://",
                "http:hub",
                "https://hub.example:70000"
            })
    void anEndpointThatIsNoAddressIsTold(String endpoint) {
        ModelEnvironment environment =
                ModelEnvironment.of(Map.of("HF_ENDPOINT", endpoint, "HF_HOME", root.toString()), new Properties());
        assertProblem(Problem.MODEL_DOWNLOAD_FAILED, () -> ModelResolver.in(environment)
                        .resolve("org/tiny"))
                .hasMessageContaining("HF_ENDPOINT");
    }

    @Test
    void aTokenThatIsNoneIsNotSent() {
        assertProblem(Problem.MODEL_DOWNLOAD_REFUSED, () -> resolver("hf_a\r\nX: y")
                        .resolve("org/tiny"))
                .hasMessageContaining("HF_TOKEN");
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void aLogInPageIsNoHub() {
        hub.fail("HEAD config.json", status(200, "Content-Type", "text/html", "ETag", "\"x\""));
        assertProblem(Problem.MODEL_DOWNLOAD_FAILED, () -> resolver().resolve("org/tiny"))
                .hasMessageContaining("log-in page");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/org/tiny/resolve/main/config.json",
                "file:///etc/passwd",
                "::",
                "http:/nohost",
                "http://127.0.0.1:70000/x"
            })
    void aRedirectThatLeadsNowhereIsTold(String location) {
        for (int i = 0; i < 40; i++) {
            hub.fail("HEAD config.json", status(302, "Location", location));
        }
        assertProblem(Problem.MODEL_DOWNLOAD_FAILED, () -> resolver().resolve("org/tiny"))
                .hasMessageContaining("redirect");
    }

    @Test
    void aBodyLongerThanAnnouncedIsCutAtItsSize() throws IOException {
        hub.fail("GET " + WEIGHTS, FakeHub.endless(1L << 40));
        assertProblem(Problem.MODEL_CHECKSUM, () -> resolver().resolve("org/tiny"));
        assertNothingUsable();
        assertThat(blobs()).noneMatch(name -> name.endsWith(".incomplete"));
        assertWhole(resolver().resolve("org/tiny"));
    }

    @Test
    void aByteAConnectionIsNoProgress() {
        Patience standard =
                new Patience(3, Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofSeconds(5), 1 << 16);
        for (int i = 0; i < 100; i++) {
            hub.fail("GET " + WEIGHTS, cut(1));
        }
        assertProblem(
                Problem.MODEL_DOWNLOAD_FAILED,
                () -> new HubSource(environment(null, null), standard, BlobDownload.REAL_DISK).find("org/tiny"));
        assertThat(hub.gets(WEIGHTS)).isEqualTo(3);
        assertThat(standard.progress()).isEqualTo(Patience.STANDARD.progress());
    }

    @Test
    void aByteNowAndThenIsSilence() {
        hub.fail("GET " + WEIGHTS, FakeHub.drip(100));
        Instant start = Instant.now();
        assertWhole(resolver().resolve("org/tiny"));
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "99999999999999999999", "1e3"})
    void aLengthThatIsNoneEndsInACode(String length) throws IOException {
        try (RawServer server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: " + length
                + "\r\nETag: \"x\"\r\nX-Repo-Commit: " + FakeHub.COMMIT + "\r\n\r\n{}")) {
            ModelEnvironment environment = new ModelEnvironment(
                    List.of(), ClassLoader.getPlatformClassLoader(), root, hubCache(), server.endpoint(), null, null);
            assertThatThrownBy(() -> new HubSource(environment, LITTLE, BlobDownload.REAL_DISK).find("org/tiny"))
                    .isInstanceOf(ClozeException.class);
        }
    }

    @Test
    void aRenamedModelIsFollowed() {
        hub.fail("HEAD config.json", status(307, "Location", "/org/tiny/resolve/main/config.json"));
        assertThat(resolver().resolve("org/tiny").origin()).isEqualTo(Origin.HUB);
    }

    private List<String> rangesOf(String file) {
        return hub.requests.stream()
                .filter(r -> r.method().equals("GET") && r.path().endsWith(file))
                .filter(r -> r.server().equals(file.endsWith(".json") ? "hub" : "store"))
                .map(FakeHub.Request::range)
                .toList();
    }
}
