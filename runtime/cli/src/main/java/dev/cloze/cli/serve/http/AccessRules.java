package dev.cloze.cli.serve.http;

import dev.cloze.runtime.checkpoint.file.FileHash;
import dev.cloze.runtime.workbench.request.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may ask a server.
 *
 * @param token what {@code Authorization: Bearer} must have, where one is wanted
 * @param hosts the names that the server is reached by, in lower case, without a port
 * @param origins pages of other sites that may ask: {@code https://app.example}
 */
public record AccessRules(Optional<String> token, Set<String> hosts, Set<String> origins) {

    private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

    /** An address of IPv4 or IPv6, as it stands before a port. */
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

    /** The names of this machine for itself, and these. */
    public static AccessRules of(Optional<String> token, List<String> hosts, List<String> origins) {
        Set<String> all = new LinkedHashSet<>(LOOPBACK);
        hosts.forEach(host -> all.add(host.toLowerCase(Locale.ROOT)));
        return new AccessRules(token, all, Set.copyOf(origins));
    }

    /**
     * Refuses a request that names another host, as one does where a foreign name points to this machine. An address points nowhere
     * else, and what looks whether the server is well often has no name for it.
     */
    void requireHost(String authority) {
        String name = name(authority);
        if (!hosts.contains(name) && !ADDRESS.matcher(name).matches()) {
            throw Refused.otherHost("The request is for the host \"" + authority + "\", which this server isn't."
                    + "\n  It answers for addresses, and for: " + String.join(", ", hosts)
                    + ".\n  Start it with --allow-host "
                    + name + " where it is reached by that name.");
        }
    }

    private static String name(String authority) {
        String lower = authority.toLowerCase(Locale.ROOT);
        int port = lower.lastIndexOf(':');
        return port > lower.lastIndexOf(']') ? lower.substring(0, port) : lower;
    }

    /** Refuses a request of another site's page, as a browser marks it. */
    void requireOrigin(String origin, String authority) {
        String own = origin.replaceFirst("^https?://", "");
        if (!own.equalsIgnoreCase(authority) && !isNamed(origin)) {
            throw Refused.foreignPage("A page of " + origin + " asks, which is another site."
                    + "\n  Start the server with --allow-origin " + origin + " where that page may ask.");
        }
    }

    /** Whether it is a page of another site that was named. */
    boolean isNamed(String origin) {
        return origins.contains(origin);
    }

    /** Refuses a request without the token; how long that takes tells nothing of it. */
    void requireToken(String authorization) {
        if (token.isEmpty()) {
            return;
        }
        String given = authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? authorization.substring(7).strip()
                : "";
        if (!MessageDigest.isEqual(digest(given), digest(token.get()))) {
            throw Refused.unknownSender(
                    given.isEmpty()
                            ? "The request has no token.\n  Send \"Authorization: Bearer TOKEN\" with the server's."
                            : "The request's token is not this server's.\n  Send the one that it was started with.");
        }
    }

    /** Of equal length for any text, so that the comparison takes equally long. */
    private static byte[] digest(String text) {
        return FileHash.digest("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
