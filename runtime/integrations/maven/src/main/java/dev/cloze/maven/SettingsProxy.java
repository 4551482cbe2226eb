package dev.cloze.maven;

import dev.cloze.runtime.checkpoint.hub.ProxyVariables;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** The active proxy of {@code settings.xml}, whose password may be encrypted there. */
record SettingsProxy(SettingsDecrypter decrypter) {

    /** As a download takes it; null where none is active. */
    @Nullable
    ProxyVariables of(Settings settings) {
        Proxy proxy = settings.getActiveProxy();
        if (proxy == null) {
            return null;
        }
        Proxy plain =
                decrypter.decrypt(new DefaultSettingsDecryptionRequest(proxy)).getProxy();
        return ProxyVariables.of(
                plain.getHost(), plain.getPort(), plain.getUsername(), plain.getPassword(), plain.getNonProxyHosts());
    }
}
