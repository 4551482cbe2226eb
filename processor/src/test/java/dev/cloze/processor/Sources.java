package dev.cloze.processor;

import static com.google.testing.compile.Compiler.javac;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;

/** The source files of the tests, and the compiler they are given to. */
final class Sources {

    /** Where the tests' source files are; golden files are rewritten there. */
    static final Path FOLDER = Path.of("src/test/resources").toAbsolutePath();

    /** Small tokenizers of every kind. */
    private static final Path TOKENIZERS =
            Path.of("../annotations/vocabulary/src/test/resources/tokenizers").toAbsolutePath();

    private static final String REWRITE = "CLOZE_REWRITE_EXPECTED";

    private Sources() {}

    /** Compiles files with the processor as the compiler would find it. */
    static Compilation compile(List<JavaFileObject> files, String... options) {
        return compile(List.of(new PromptProcessor()), files, options);
    }

    /** Compiles files with these processors. */
    static Compilation compile(List<? extends Processor> processors, List<JavaFileObject> files, String... options) {
        return javac().withProcessors(processors)
                .withOptions((Object[]) options)
                .compile(files);
    }

    /** A case: a source file, or a folder of them. */
    static List<JavaFileObject> of(Path fileOrFolder) {
        return javaFilesIn(fileOrFolder).stream().map(Sources::file).toList();
    }

    /** The options in the first line of the first file of a case: {@code // javac -Acloze.models=MODELS}. */
    static String[] options(Path fileOrFolder) {
        String first =
                read(javaFilesIn(fileOrFolder).get(0)).lines().findFirst().orElse("");
        return first.startsWith("// javac ")
                ? first.substring("// javac ".length())
                        .replace("MODELS", FOLDER.resolve("models").toString())
                        .replace("TOKENIZERS", TOKENIZERS.toString())
                        .split(" ")
                : new String[0];
    }

    /** A source file given as text. */
    static JavaFileObject of(String name, String text) {
        return JavaFileObjects.forSourceString(name, text);
    }

    /** The Java files in a folder, at any depth, or the one file. */
    static List<Path> javaFilesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stored text of a golden file; with {@code CLOZE_REWRITE_EXPECTED} set, the actual text is stored first. */
    static String golden(Path file, String actual) {
        try {
            if (System.getenv(REWRITE) != null) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            return Files.exists(file)
                    ? Files.readString(file)
                    : "(no file " + file + "; set " + REWRITE + " to write it)";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(JavaFileObject file) {
        try {
            return file.getCharContent(false).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaFileObject file(Path path) {
        try {
            return JavaFileObjects.forResource(path.toUri().toURL());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path.toString(), e);
        }
    }
}
