package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that are not ASCII, typed and printed under locales that are. */
class ChineseTextTest {

    private static final Path CHINESE = Path.of("../models/zh/src/main/resources/dev/cloze/models/cloze-small-zh");
    private static final String TEXT = "这家店的面很好吃，总之很{mask}。";

    @TempDir
    Path folder;

    static Stream<Path> javaHomes() {
        Path other = Path.of(System.getProperty("cloze.otherJava", "/usr/lib/jvm/temurin-25-jdk-amd64"));
        return Stream.of(Path.of(System.getProperty("java.home")), other);
    }

    @ParameterizedTest
    @MethodSource("javaHomes")
    void underLocaleCItReadsAndPrintsWhatItDoesElsewhere(Path home) throws IOException, InterruptedException {
        assumeTrue(Files.exists(home.resolve("bin/java")), home + " is not there");
        CommandRun here = CommandRun.here("fill-mask", "--model", CHINESE.toString(), "--json", "--top", "3", TEXT);
        assertThat(here.code()).as(here.errors()).isZero();

        CommandRun run = shell(home, "C");

        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.out()).isEqualTo(here.out());
        assertThat(run.out()).containsPattern("\\p{IsHan}");
    }

    @Test
    void whatAByteVocabularySpellsInSymbolsIsShownInCharacters() throws Exception {
        Path decoder =
                Path.of(ChineseTextTest.class.getResource("/writers/gpt2").toURI());
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(decoder.resolve(name), folder.resolve(name));
        }
        renameTokens(decoder.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));

        CommandRun run = CommandRun.here("fill-mask", "--model", folder.toString(), "--top", "340", "The {mask}");

        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceFirst("^0\\.\\d{4}  (.*?) *  \\d+$", "$1")))
                .contains("好", " 吃", "\\n")
                .doesNotContain("å¥½", "ĠåĲĥ");
    }

    /** The last two of its 340 tokens become 好 and, behind a space, 吃, as a byte-level vocabulary spells them. */
    private static void renameTokens(Path from, Path to) throws IOException {
        JsonObject tokenizer = JsonParser.parseString(Files.readString(from)).getAsJsonObject();
        JsonObject model = tokenizer.getAsJsonObject("model");
        JsonArray merges = model.getAsJsonArray("merges");
        JsonObject vocabulary = model.getAsJsonObject("vocab");
        vocabulary.add("å¥½", vocabulary.remove("goo"));
        vocabulary.add("ĠåĲĥ", vocabulary.remove("gan"));
        merges.remove(merges.size() - 1);
        merges.remove(merges.size() - 1);
        Files.writeString(to, tokenizer.toString(), StandardCharsets.UTF_8);
    }

    /** Through a shell, as a JVM under such a locale could not hand the text on. */
    private CommandRun shell(Path home, String locale) throws IOException, InterruptedException {
        Path script = folder.resolve("run.sh");
        String command =
                "export LC_ALL=%s%nexec '%s' --enable-native-access=ALL-UNNAMED -cp '%s' %s fill-mask --model '%s' --json --top 3 '%s'%n"
                        .formatted(
                                locale,
                                home.resolve("bin/java"),
                                CommandRun.classPath(),
                                Main.class.getName(),
                                CHINESE.toAbsolutePath(),
                                TEXT);
        Files.writeString(script, command, StandardCharsets.UTF_8);
        return CommandRun.program(Map.of(), List.of("sh", script.toString()));
    }
}
