package dev.cloze.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexShapeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // GPT-2, Llama 3, Qwen 2, GPT-4o, DeepSeek, Falcon, BLOOM, SentencePiece's
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                        + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+"
                        + "|\\s+(?!\\S)|\\s+",
                "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re)?|\\p{N}{1,3}"
                        + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*",
                "[0-9][0-9][0-9]",
                " ?[^(\\s|[.,!?…。，、।۔،])]+",
                " {2,}",
                "\\s+",
                "\\p{Lu}?\\p{Ll}+|\\p{N}",
                "a{2}x|\\x{41}+?"
            })
    void whatTokenizersHaveIsSimple(String expression) {
        assertThat(RegexShape.of(expression).isSimple()).isTrue();
        assertThat(RegexShape.of(expression).matchesNothing()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a|a|aa)+$",
                "(?:a?){40}b",
                "(a+)+",
                "(a)\\1",
                "a*a*a*a*a*b",
                "(?<x>a)",
                "(a",
                "a**b",
                "a{1,5000}"
            })
    void whatMayTakeForEverIsNot(String expression) {
        assertThat(RegexShape.of(expression).isSimple()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "b*", "a?", "x|", "$", "^", "\\b", "(?=a)", "(?<=a)(?=b)", "(a|b*)", "a{0}", "a{,3}", "a{2}?"
            })
    void whatMayMatchNothingIsSeen(String expression) {
        assertThat(RegexShape.of(expression).matchesNothing()).isTrue();
    }

    @Test
    void whatIsTooDeepOrTooLongIsRefused() {
        assertThatThrownBy(() -> RegexShape.of("(".repeat(2000) + "a" + ")".repeat(2000)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("nested deeper than 50");
        assertThatThrownBy(() -> RegexShape.of("a".repeat(10_001)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("10001 characters");
    }
}
