package dev.cloze.runtime.checkpoint.hub;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The proxy that is asked for an address: that of Java's own settings, such as {@code https.proxyHost}, or else of the variables. */
final class HubProxies extends ProxySelector {

    private final ProxyVariables variables;

    HubProxies(ProxyVariables variables) {
        this.variables = variables;
    }

    @Override
    public List<Proxy> select(URI address) {
        return ofVariables(address)
                .map(proxy -> List.of(
                        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port()))))
                .orElseGet(() -> ofJava(address));
    }

    /** Whether the variable that counts for an address names no proxy that Java can ask. */
    boolean isUnreadable(URI address) {
        return !isSaidToJava(address)
                && variables.writtenFor(address).isPresent()
                && ofVariables(address).isEmpty();
    }

    /** What the header Proxy-Authorization says for an address, which java.net.http sends to proxies alone. */
    Optional<String> authorization(URI address) {
        return user(address)
                .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    /** The proxy of this address wants a name and a password, or others, and offers to take them so. */
    ProxyRefusal refusal(URI address, List<String> schemes) {
        String proxy = select(address).get(0).address() instanceof InetSocketAddress at
                ? "the proxy " + at.getHostString() + ":" + at.getPort()
                : "a proxy";
        return new ProxyRefusal(proxy, scheme(address), user(address).isPresent(), schemes);
    }

    private Optional<ProxyAddress> ofVariables(URI address) {
        return isSaidToJava(address)
                ? Optional.empty()
                : variables.writtenFor(address).flatMap(ProxyAddress::of);
    }

    /** {@code NAME:PASSWORD} */
    private Optional<String> user(URI address) {
        Optional<ProxyAddress> named = ofVariables(address);
        if (named.isPresent()) {
            return named.get().user();
        }
        return ofJava(address).get(0).type() == Proxy.Type.DIRECT ? Optional.empty() : ofProperties(scheme(address));
    }

    private static Optional<String> ofProperties(String scheme) {
        for (String prefix : List.of(scheme, "http")) {
            String name = System.getProperty(prefix + ".proxyUser");
            if (name != null) {
                return Optional.of(name + ":" + System.getProperty(prefix + ".proxyPassword", ""));
            }
        }
        return Optional.empty();
    }

    private static List<Proxy> ofJava(URI address) {
        ProxySelector java = ProxySelector.getDefault();
        List<Proxy> proxies = java == null ? List.of() : java.select(address);
        return proxies.isEmpty() ? List.of(Proxy.NO_PROXY) : proxies;
    }

    /** Who says there which proxy is asked says by the same word who is asked without one. */
    private static boolean isSaidToJava(URI address) {
        return ofJava(address).get(0).type() != Proxy.Type.DIRECT
                || System.getProperty(scheme(address) + ".proxyHost") != null
                || System.getProperty("socksProxyHost") != null
                || Boolean.getBoolean("java.net.useSystemProxies");
    }

    private static String scheme(URI address) {
        return String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        // The download tells it.
    }
}
