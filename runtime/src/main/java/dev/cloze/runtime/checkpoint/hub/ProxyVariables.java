package dev.cloze.runtime.checkpoint.hub;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} name, which Hugging Face's own tools obey too.
 *
 * @param https for addresses of https, {@code http://NAME:PASSWORD@HOST:PORT}, or null
 * @param http for addresses of http, or null
 * @param except hosts that are reached without one, or null: {@code corp.example,10.*,*}
 */
public record ProxyVariables(
        @Nullable String https,
        @Nullable String http,
        @Nullable String except) {

    /** None at all. */
    public static final ProxyVariables NONE = new ProxyVariables(null, null, null);

    private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127\\..*|\\[::1]");
    private static final Pattern PORT = Pattern.compile("(?<=[^:]):\\d+$");

    /** One proxy for all addresses, as the settings of a build tool name it. */
    public static ProxyVariables of(
            String host, int port, @Nullable String name, @Nullable String password, @Nullable String except) {
        String user = name == null ? "" : encoded(name) + ":" + encoded(password == null ? "" : password) + "@";
        String written = "http://" + user + host + ":" + port;
        return new ProxyVariables(written, written, except);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** In small letters they count first, as everywhere. */
    static ProxyVariables of(Map<String, String> variables) {
        return new ProxyVariables(
                first(variables, "https_proxy"), first(variables, "http_proxy"), first(variables, "no_proxy"));
    }

    private static @Nullable String first(Map<String, String> variables, String name) {
        for (String spelling : new String[] {name, name.toUpperCase(Locale.ROOT)}) {
            String value = variables.get(spelling);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }

    /** What is written for this address, be it a proxy or not. */
    Optional<String> writtenFor(URI address) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        boolean direct = THIS_MACHINE.matcher(host).matches() || isExcepted(host);
        return direct
                ? Optional.empty()
                : Optional.ofNullable("https".equalsIgnoreCase(address.getScheme()) ? https : http);
    }

    /** A name stands for the domains below it too. */
    private boolean isExcepted(String host) {
        String bare = host.replaceAll("[\\[\\]]", "");
        return except != null
                && Arrays.stream(except.toLowerCase(Locale.ROOT).split("[,|\\s]+"))
                        .map(entry -> PORT.matcher(entry).replaceFirst("").replaceFirst("^\\*?\\.", ""))
                        .filter(entry -> !entry.isEmpty())
                        .anyMatch(entry -> bare.matches("(.*\\.)?" + glob(entry)));
    }

    private static String glob(String entry) {
        return ("\\Q" + entry + "\\E").replace("*", "\\E.*\\Q");
    }
}
