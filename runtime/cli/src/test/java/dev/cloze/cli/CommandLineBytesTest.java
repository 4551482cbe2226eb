package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CommandLineBytesTest {

    private static final String[] GARBLED = {"fill-mask", "\ufffd\ufffd\ufffd{mask}"};

    @Test
    void argumentsAreTheLastOfWhatTheSystemKept() {
        assertThat(CommandLineBytes.restored(GARBLED, kept("java\0-jar\0cloze.jar\0fill-mask\0好{mask}\0")))
                .containsExactly("fill-mask", "好{mask}");
    }

    @Test
    void whatIsNotUtf8OrTooShortLeavesThemAsTheyAre() {
        byte[] latin1 = "java\0fill-mask\0caf\u00e9{mask}\0".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(CommandLineBytes.restored(GARBLED, latin1)).isSameAs(GARBLED);
        assertThat(CommandLineBytes.restored(GARBLED, kept("java\0"))).isSameAs(GARBLED);
        assertThat(CommandLineBytes.restored(GARBLED, new byte[0])).isSameAs(GARBLED);
    }

    @Test
    void argumentsThatAreWholeAreNotLookedUp() {
        String[] whole = {"fill-mask", "好{mask}", ""};

        assertThat(CommandLineBytes.restored(whole)).isSameAs(whole);
    }

    private static byte[] kept(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
