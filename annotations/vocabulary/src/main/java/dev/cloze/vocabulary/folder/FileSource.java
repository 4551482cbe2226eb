package dev.cloze.vocabulary.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a model's files are: a folder or a jar. */
interface FileSource {

    /** The file's content, or null where there is no such file. */
    @Nullable
    InputStream open(String name) throws IOException;

    /** The folder, or what stands for it, as messages name it. */
    String place();

    /** The file as messages name it. */
    String address(String name);

    /** The files of a folder. */
    static FileSource of(Path folder) {
        return new FileSource() {
            @Override
            public @Nullable InputStream open(String name) throws IOException {
                Path file = folder.resolve(name);
                return Files.isRegularFile(file) ? Files.newInputStream(file) : null;
            }

            @Override
            public String place() {
                return folder.toString();
            }

            @Override
            public String address(String name) {
                return folder.resolve(name).toString();
            }
        };
    }

    /** Files that lie anywhere, by name. */
    static FileSource of(Map<String, Path> files, String place) {
        return new FileSource() {
            @Override
            public @Nullable InputStream open(String name) throws IOException {
                Path file = files.get(name);
                return file == null ? null : Files.newInputStream(file);
            }

            @Override
            public String place() {
                return place;
            }

            @Override
            public String address(String name) {
                return place + "/" + name;
            }
        };
    }

    /** The resources of jars whose names begin with root and a slash. */
    static FileSource of(ClassLoader jars, String root) {
        return new FileSource() {
            @Override
            public @Nullable InputStream open(String name) {
                return jars.getResourceAsStream(address(name));
            }

            @Override
            public String place() {
                return root;
            }

            @Override
            public String address(String name) {
                return root + "/" + name;
            }
        };
    }
}
