package dev.cloze.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import dev.cloze.runtime.training.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own, as the library is loaded once. */
class TokenizerLibraryTest {

    @TempDir
    Path folder;

    @Test
    void aFolderWithoutTheLibraryIsNotCalledAnUnreadableFile() throws Exception {
        assertThat(output("RUST_LIBRARY_PATH", folder))
                .contains("[TokenizerLibrary] The tokenizers library could not be loaded: ", "unset RUST_LIBRARY_PATH")
                .doesNotContain("TokenizerUnreadable");
    }

    @Test
    void aFileThatIsNoLibraryIsAProblemEachTime() throws Exception {
        Path library = Files.writeString(folder.resolve(System.mapLibraryName("tokenizers")), "not a library");
        assertThat(output("RUST_LIBRARY_PATH", library).lines().filter(line -> line.startsWith("[TokenizerLibrary]")))
                .hasSize(2)
                .first()
                .asString()
                .contains(library.getFileName().toString());
    }

    @Test
    void aCacheThatIsAFileIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("cache"), "");
        assertThat(output("DJL_CACHE_DIR", file)).contains("[TokenizerLibrary]", file.toString());
    }

    private String output(String setting, Path value) throws IOException, InterruptedException {
        ChildJvm child = ChildJvm.start(Opening.class, List.of(setting, value.toString()));
        return child.output();
    }

    /** Opens a tokenizer twice with this setting, and prints what is said. */
    static final class Opening {
        public static void main(String[] arguments) {
            System.setProperty(arguments[0], arguments[1]);
            Path model = ModelResolver.standard().resolve("cloze-tiny-en").path();
            for (int i = 0; i < 2; i++) {
                try (Tokenizer tokenizer = Tokenizer.open(model)) {
                    System.out.println("opened " + tokenizer.vocabularySize());
                } catch (ClozeException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }
}
