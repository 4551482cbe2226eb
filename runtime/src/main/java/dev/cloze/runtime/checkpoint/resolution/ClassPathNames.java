package dev.cloze.runtime.checkpoint.resolution;

import dev.cloze.runtime.checkpoint.config.ConfigFiles;
import dev.cloze.runtime.checkpoint.folder.LocalModel;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The names of folders among the resources. */
final class ClassPathNames {

    private ClassPathNames() {}

    /** The folders directly below a resource folder, in jars and in exploded folders; other kinds are passed over. */
    static List<String> under(ClassLoader loader, String folder) {
        TreeSet<String> names = new TreeSet<>();
        try {
            for (URL url : Collections.list(loader.getResources(folder))) {
                if (url.getProtocol().equals("file")) {
                    names.addAll(LocalModel.names(Path.of(URI.create(url.toString()))));
                } else if (url.openConnection() instanceof JarURLConnection jar) {
                    ofJar(jar, folder, names);
                }
            }
        } catch (IOException e) {
            // The names only serve suggestions.
            return List.copyOf(names);
        }
        return List.copyOf(names);
    }

    private static void ofJar(JarURLConnection jar, String folder, Set<String> names) throws IOException {
        jar.getJarFile().stream()
                .map(java.util.zip.ZipEntry::getName)
                .filter(name -> name.startsWith(folder) && name.endsWith("/" + ConfigFiles.MODEL))
                .forEach(name ->
                        names.add(name.substring(folder.length(), name.length() - ConfigFiles.MODEL.length() - 1)));
    }
}
