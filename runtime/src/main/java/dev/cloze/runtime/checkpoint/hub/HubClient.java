package dev.cloze.runtime.checkpoint.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the hub over HTTP; the user's token goes to the hub only, never to where it redirects. */
final class HubClient {

    private static final int MOST_REDIRECTS = 10;
    static final int LAST_PORT = 65_535;

    private final ModelEnvironment environment;
    private final Patience patience;
    private final HubProxies proxies;
    private final HttpClient http;

    HubClient(ModelEnvironment environment, Patience patience) {
        this.environment = environment;
        this.patience = patience;
        this.proxies = new HubProxies(environment.proxies());
        this.http = HttpClient.newBuilder()
                .proxy(proxies)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
    }

    /**
     * What the hub tells of a file without sending it.
     *
     * @param status the HTTP status, 200 if it is there
     * @param headers by name in lower case; those of the hub itself win over those of a place it redirects to
     */
    record Answer(int status, Map<String, String> headers) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** Asks about a file; redirects are followed on the hub itself only, for it knows all there is to know. */
    Answer head(URI address) throws IOException {
        Map<String, String> headers = new HashMap<>();
        URI at = address;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpResponse<Void> response =
                    send(request(at).method("HEAD", HttpRequest.BodyPublishers.noBody()), BodyHandlers.discarding());
            boolean redirected = isRedirect(response.statusCode());
            response.headers().map().forEach((name, values) -> {
                // The length of a redirect is not that of the file.
                if (!(redirected && name.equalsIgnoreCase("content-length"))) {
                    headers.putIfAbsent(name.toLowerCase(Locale.ROOT), values.get(0));
                }
            });
            if (!redirected) {
                return new Answer(response.statusCode(), headers);
            }
            URI next = target(at, response);
            if (!isHub(next)) {
                return new Answer(200, headers);
            }
            headers.remove("location");
            at = next;
        }
        throw new IOException("the hub redirects in circles");
    }

    /** Opens a file from some byte on; the status is 200 (all of it) or 206 (from that byte). */
    HttpResponse<InputStream> get(URI address, long from, @Nullable String validator) throws IOException {
        URI at = address;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpRequest.Builder request = request(at).GET();
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
                if (validator != null) {
                    request.header("If-Range", validator);
                }
            }
            HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
            if (!isRedirect(response.statusCode())) {
                return response;
            }
            response.body().close();
            at = target(at, response);
        }
        throw new IOException("the hub redirects in circles");
    }

    private HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(patience.silence())
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "cloze; java/" + System.getProperty("java.specification.version"));
        // No Authenticator: java.net.http would then refuse the hub's own answer 401 too.
        proxies.authorization(address).ifPresent(user -> request.header("Proxy-Authorization", user));
        if (environment.token() != null && isHub(address)) {
            request.header("Authorization", "Bearer " + environment.token());
        }
        return request;
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder builder, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        HttpRequest request = builder.build();
        try {
            HttpResponse<T> response = http.send(request, handler);
            int status = response.statusCode();
            if (status == 429 || status >= 500) {
                close(response.body());
                throw new TryAgain(status, response.headers());
            }
            if (status == 407) {
                close(response.body());
                throw proxies.refusal(request.uri(), response.headers().allValues("Proxy-Authenticate"));
            }
            return response;
        } catch (IllegalArgumentException e) { // java.net.http's word for a length that is no number
            throw new IOException("an answer that is no HTTP: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    private static void close(@Nullable Object body) throws IOException {
        if (body instanceof InputStream input) {
            input.close();
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static URI target(URI from, HttpResponse<?> response) throws IOException {
        String location =
                response.headers().firstValue("Location").orElseThrow(() -> new IOException("a redirect to nowhere"));
        try {
            URI target = from.resolve(location);
            String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
            if (target.getHost() == null
                    || target.getPort() > LAST_PORT
                    || !(scheme.equals("http") || scheme.equals("https"))) {
                throw new IOException("a redirect to \"" + location + "\"");
            }
            if ("https".equalsIgnoreCase(from.getScheme()) && !scheme.equals("https")) {
                throw new IOException("a redirect from https to " + scheme);
            }
            return target;
        } catch (IllegalArgumentException e) {
            throw new IOException("a redirect to \"" + location + "\"", e);
        }
    }

    /** Whether an address is the hub's own: same scheme, host and port. */
    private boolean isHub(URI address) {
        URI hub = environment.endpoint();
        return Objects.equals(hub.getScheme(), address.getScheme())
                && Objects.equals(hub.getHost(), address.getHost())
                && hub.getPort() == address.getPort();
    }
}
