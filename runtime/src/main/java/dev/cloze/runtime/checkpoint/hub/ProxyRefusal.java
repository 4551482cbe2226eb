package dev.cloze.runtime.checkpoint.hub;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A proxy's answer 407: it wants a name and a password, or others than it was given. */
final class ProxyRefusal extends IOException {

    private static final long serialVersionUID = 1L;

    /** The property that java.net.http asks before it sends a password ahead of an encrypted connection; Basic, unless it is set. */
    private static final String NOT_SENT = "jdk.http.auth.tunneling.disabledSchemes";

    private final String cure;

    /**
     * Of an address of that scheme.
     *
     * @param known whether a name and a password are set
     * @param schemes what the proxy says it takes, as its headers say it
     */
    ProxyRefusal(String proxy, String scheme, boolean known, List<String> schemes) {
        super(proxy + " wants a name and a password, HTTP 407");
        boolean sends = scheme.equals("http")
                || !System.getProperty(NOT_SENT, "Basic")
                        .toLowerCase(Locale.ROOT)
                        .contains("basic");
        String setting =
                "-D" + NOT_SENT + "= (nothing behind it), without which Java sends no password to a proxy of https";
        String user = "-D" + scheme + ".proxyUser=NAME -D" + scheme + ".proxyPassword=PASSWORD, or the variable "
                + scheme.toUpperCase(Locale.ROOT) + "_PROXY=http://NAME:PASSWORD@HOST:PORT";
        if (!schemes.isEmpty() && schemes.stream().noneMatch(one -> one.regionMatches(true, 0, "Basic", 0, 5))) {
            cure = "It takes no password but by " + String.join(", ", schemes)
                    + ", which Java's client doesn't speak: put a proxy on this machine in between that does, such as px or cntlm.";
        } else if (!sends) {
            cure = known ? "Start with " + setting + "." : "Set " + user + ", and " + setting + ".";
        } else {
            cure = known ? "It didn't take those that are set: correct " + user + "." : "Set " + user + ".";
        }
    }

    /** What to set, in whole sentences. */
    String cure() {
        return cure;
    }
}
