package dev.cloze.runtime.checkpoint.hub;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub that is reached through a proxy alone: its name has no address, and the fake hub answers as the proxy. */
class HubProxyTest extends HubTestBase {

    private static final String HIDDEN = "http://hub.invalid";

    /** A second try would come after the test is given up. */
    private static final Patience ONCE =
            new Patience(3, Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofSeconds(20), 1);

    @Test
    void theProxyOfTheVariableIsAsked() {
        assertWhole(find(HIDDEN, new ProxyVariables(null, hub.endpoint().toString(), null)));
    }

    @Test
    void itIsGivenNameAndPasswordAndNobodyElseIs() {
        hub.proxyUser = "Basic " + Base64.getEncoder().encodeToString("me:p@ß /+".getBytes(StandardCharsets.UTF_8));
        assertWhole(find(HIDDEN, ProxyVariables.of("127.0.0.1", port(), "me", "p@ß /+", null)));
        assertThat(hub.requests).extracting(FakeHub.Request::server).contains("hub", "store");
        assertThat(hub.requests)
                .filteredOn(request -> request.server().equals("store"))
                .extracting(FakeHub.Request::proxyUser)
                .containsOnlyNulls();
    }

    @Test
    void javasOwnSettingsWinOverTheVariables() {
        hub.proxyUser = "Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.UTF_8));
        List<String> names = List.of("http.proxyHost", "http.proxyPort", "http.proxyUser", "http.proxyPassword");
        List<String> values = List.of("127.0.0.1", Integer.toString(port()), "me", "secret");
        try {
            for (int i = 0; i < names.size(); i++) {
                System.setProperty(names.get(i), values.get(i));
            }
            assertWhole(find(HIDDEN, new ProxyVariables(null, "socks5://127.0.0.1:1", null)));
        } finally {
            names.forEach(System::clearProperty);
        }
    }

    @Test
    void aProxyThatWantsAPasswordIsToldOnce() {
        hub.proxyUser = "Basic another";
        ProxyVariables none = new ProxyVariables(null, hub.endpoint().toString(), null);
        refused(HIDDEN, none)
                .hasMessageContaining("the proxy 127.0.0.1:" + port() + " wants a name and a password, HTTP 407")
                .hasMessageContaining(
                        "Set -Dhttp.proxyUser=NAME -Dhttp.proxyPassword=PASSWORD, or the variable HTTP_PROXY=");
        refused(HIDDEN, ProxyVariables.of("127.0.0.1", port(), "me", "secret", null))
                .hasMessageContaining("It didn't take those that are set")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Basic realm=\"x\" |    | Set -Dhttps.proxyUser=NAME",
                "Basic realm=\"x\" |    | , and -Djdk.http.auth.tunneling.disabledSchemes= (nothing",
                "Basic realm=\"x\" | me | Start with -Djdk.http.auth.tunneling.disabledSchemes= (nothing",
                "NTLM              | me | It takes no password but by NTLM"
            })
    void aProxyOfAnEncryptedConnectionIsToldWithWhatJavaWants(String scheme, @Nullable String name, String cure)
            throws IOException {
        try (RawServer proxy = new RawServer("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: "
                + scheme + "\r\nContent-Length: 0\r\n\r\n")) {
            int port = proxy.endpoint().getPort();
            refused("https://hub.invalid", ProxyVariables.of("127.0.0.1", port, name, null, null))
                    .hasMessageContaining("HTTP 407")
                    .hasMessageContaining(cure);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://127.0.0.1:1080",
                "https://me:secret@proxy.example",
                "proxy.example:port",
                "a b",
                "h:99999"
            })
    void aVariableThatNamesNoProxyIsToldWithoutItsPassword(String written) {
        refused(HIDDEN, new ProxyVariables(null, written, null))
                .hasMessageContaining("HTTP_PROXY names no HTTP proxy")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example:8080, proxy.example, 8080,",
        "HTTP://proxy.example:8080/, proxy.example, 8080,",
        "proxy.example, proxy.example, 80,",
        "[::1]:3128, [::1], 3128,",
        "http://me:p%40ss+%2F@proxy.example:8080, proxy.example, 8080, me:p@ss+/",
        "me:p@ss%@proxy.example:8080, proxy.example, 8080, me:p@ss%"
    })
    void aProxyIsReadAsVariablesNameIt(String written, String host, int port, @Nullable String user) {
        assertThat(ProxyAddress.of(written)).contains(new ProxyAddress(host, port, Optional.ofNullable(user)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://huggingface.co     |                      | true",
                "https://huggingface.co     | *                    | false",
                "https://huggingface.co     | face.co, other       | true",
                "https://cdn.huggingface.co | other,huggingface.co | false",
                "https://huggingface.co:443 | .HuggingFace.co:443  | false",
                "https://hub.corp           | 'localhost|*.corp'   | false",
                "https://10.1.2.3/x         | 10.*                 | false",
                "https://[fe80::1]          | fe80::1              | false",
                "https://127.0.0.1:8443     |                      | false",
                "https://localhost          |                      | false",
                "http://huggingface.co      |                      | false"
            })
    void hostsMayBeExcepted(URI address, @Nullable String except, boolean asked) {
        ProxyVariables variables = new ProxyVariables("http://proxy:1", null, except);
        assertThat(variables.writtenFor(address).isPresent()).isEqualTo(asked);
    }

    private AbstractThrowableAssert<?, ?> refused(String endpoint, ProxyVariables proxies) {
        return assertProblem(Problem.MODEL_DOWNLOAD_FAILED, () -> find(endpoint, proxies));
    }

    private ModelFolder find(String endpoint, ProxyVariables proxies) {
        ModelEnvironment environment = new ModelEnvironment(
                        List.of(),
                        ClassLoader.getPlatformClassLoader(),
                        root,
                        hubCache(),
                        URI.create(endpoint),
                        null,
                        null)
                .through(proxies);
        return new HubSource(environment, ONCE, BlobDownload.REAL_DISK)
                .find("org/tiny")
                .orElseThrow();
    }

    private int port() {
        return hub.endpoint().getPort();
    }
}
