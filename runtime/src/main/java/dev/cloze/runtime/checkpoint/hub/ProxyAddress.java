package dev.cloze.runtime.checkpoint.hub;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP proxy, as a variable names it.
 *
 * @param user {@code NAME:PASSWORD}, if they are written
 */
record ProxyAddress(String host, int port, Optional<String> user) {

    /** Of other kinds than HTTP java.net.http knows none. A password may hold an at sign. */
    private static final Pattern WRITTEN = Pattern.compile(
            "(?:http://)?(?:(?!\\w+://)(.*)@)?(\\[[0-9a-f:.]+]|[^@/:\\[\\]\\s]+)(?::(\\d{1,5}))?/?",
            Pattern.CASE_INSENSITIVE);

    private static final int STANDARD_PORT = 80;

    /** {@code http://NAME:PASSWORD@HOST:PORT}, of which only the host need be there; nothing if it is none. */
    static Optional<ProxyAddress> of(String written) {
        Matcher matcher = WRITTEN.matcher(written.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = matcher.group(3) == null ? STANDARD_PORT : Integer.parseInt(matcher.group(3));
        return port > HubClient.LAST_PORT
                ? Optional.empty()
                : Optional.of(new ProxyAddress(
                        matcher.group(2),
                        port,
                        Optional.ofNullable(matcher.group(1)).map(ProxyAddress::decoded)));
    }

    private static String decoded(String user) {
        try {
            return URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) { // a password with a percent sign that means itself
            return user;
        }
    }
}
