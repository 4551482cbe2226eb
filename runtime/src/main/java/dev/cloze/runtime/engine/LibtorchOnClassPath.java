package dev.cloze.runtime.engine;

import ai.djl.util.ClassLoaderUtils;
import ai.djl.util.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/**
 * The libtorchs that the class path holds.
 *
 * <p>DJL takes the one with the highest number for this machine, whatever its version. The files it unpacks for it are
 * those of the first jar that has files of these names, and stay in its cache under the number it chose. So none may be
 * of another version.
 */
final class LibtorchOnClassPath {

    private static final String PROPERTIES = "native/lib/pytorch.properties";

    private LibtorchOnClassPath() {}

    /** Throws ENGINE_LIBTORCH where one for this machine is of another version. */
    static void refuseOther() {
        String machine = Platform.fromSystem("pytorch").getClassifier();
        for (URL place : places()) {
            Properties properties = read(place);
            String version = properties.getProperty("version", "of unknown version");
            if (properties.getProperty("classifier", machine).endsWith(machine) && !Libtorch.isVersion(version)) {
                throw Libtorch.refused(
                        "The class path holds a libtorch " + version + ", in " + place,
                        "Take it away: ai.djl.pytorch:pytorch-native-cpu:" + Libtorch.VERSION
                                + " belongs there alone.");
            }
        }
    }

    private static List<URL> places() {
        try {
            return Collections.list(ClassLoaderUtils.getContextClassLoader().getResources(PROPERTIES));
        } catch (IOException e) {
            throw new IllegalArgumentException("the class path cannot be searched for " + PROPERTIES, e);
        }
    }

    private static Properties read(URL place) {
        Properties properties = new Properties();
        try (InputStream file = place.openStream()) {
            properties.load(file);
            return properties;
        } catch (IOException e) {
            throw new IllegalArgumentException(place + " cannot be read", e);
        }
    }
}
