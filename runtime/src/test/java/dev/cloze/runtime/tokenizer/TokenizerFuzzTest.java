package dev.cloze.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.training.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made of all parts that the library is trusted with, and odd texts: nothing ends the process. */
class TokenizerFuzzTest {

    @TempDir
    Path folder;

    @Test
    void noFileAndNoTextEndsTheProcess() throws Exception {
        assertAllEnd(1, 400);
    }

    @Tag("slow")
    @Test
    void norDoManyMore() throws Exception {
        assertAllEnd(2, 5_000);
    }

    private void assertAllEnd(long seed, int files) throws Exception {
        ChildJvm child = ChildJvm.start(
                RandomTokenizers.class, List.of(folder.toString(), Long.toString(seed), Integer.toString(files)));
        int exit = child.process().waitFor();
        List<String> lines = Files.readAllLines(child.outputFile());
        assertThat(exit)
                .as(String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())))
                .isZero();
        String last = lines.get(lines.size() - 1);
        assertThat(last).startsWith(files + " files, ");
        assertThat(Integer.parseInt(last.split(" ")[2]))
                .as("files that could be read: " + last)
                .isGreaterThan(files / 2);
    }
}
