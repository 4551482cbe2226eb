package dev.cloze.runtime.checkpoint.hub;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Optional;

/** Why nothing came through from the hub, and what to set. */
final class ConnectionFailure {

    private static final String TRUST =
            "Where a network looks into what is encrypted, it signs with a certificate of its own, which Java doesn't know."
                    + " Let Java know what this machine knows: -Djavax.net.ssl.trustStoreType=Windows-ROOT on Windows, KeychainStore"
                    + " on macOS, else -Djavax.net.ssl.trustStore=FILE with a key store that holds it.";

    private static final String UNREACHABLE =
            "Is this machine connected? Behind a proxy set HTTPS_PROXY=http://HOST:PORT, or -Dhttps.proxyHost=HOST"
                    + " -Dhttps.proxyPort=PORT; for a mirror set HF_ENDPOINT; without a network put the model's folder into one of"
                    + " cloze.models (CLOZE_MODELS).";

    private ConnectionFailure() {}

    /** Whether it will be the same in a minute: a name without an address, a certificate or a password that is not taken. */
    static boolean isHopeless(Throwable failure) {
        return cause(failure, UnresolvedAddressException.class).isPresent()
                || cause(failure, UnknownHostException.class).isPresent()
                || cause(failure, CertificateException.class).isPresent()
                || cause(failure, ProxyRefusal.class).isPresent();
    }

    /** What happened, in the words of whoever says anything at all: java.net.http leaves it to the innermost cause. */
    static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "no address is known for this name";
            }
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return failure.getClass().getSimpleName();
    }

    /** What to set, in whole sentences. */
    static String cure(Throwable failure) {
        Optional<ProxyRefusal> refusal = cause(failure, ProxyRefusal.class);
        if (refusal.isPresent()) {
            return refusal.get().cure();
        }
        return cause(failure, CertificateException.class).isPresent() ? TRUST : UNREACHABLE;
    }

    private static <T> Optional<T> cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
