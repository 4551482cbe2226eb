package dev.cloze.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where Java reads an expression otherwise, it is written anew: what is replaced is what the library replaces. */
class LibraryRegexTest {

    private static final String TEXT =
            "aa\na\r b\u0085\u2028x 12345 Straße's 'S \u017F K\u212A _f {1} [x] 中文 \u0E01e\u0301 . a𐀵 b😀";

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "^a",
                "a$",
                "\\s+$",
                ".",
                "(?m:a.a)",
                "\\h+",
                "\\H",
                "\\d{2}+",
                "\\d{1,3}+",
                "(\\d){2}+",
                "a[a-f]{,2}",
                "\\d++",
                "\\bx",
                "𐀵\\b",
                "😀\\b|\\b\\s",
                "\\B.",
                "(?i:'s)",
                "(?i)K",
                "[[:digit:]]+",
                "[[:^space:]a]",
                "[^\\w\\s]+",
                "\\p{L}+",
                "\\p{^L}",
                "\\P{Lowercase_Letter}",
                "\\p{Han}+",
                "[\\p{L}&&[^a-z]]+",
                "a\\Z",
                "\\Aa",
                "a\\z",
                "\\{1\\}",
                "\\[x\\]",
                "[]x]",
                "[\\]]",
                "[\\b]",
                "x|(?<=a)\\n",
                "\\x{e9}|\\u4e2d",
                "[^\\S\\n]+",
                "\\p{Any}{3}",
                "(?:a|b)+?",
                "[\\-.]",
                "\\R"
            })
    void matchesAreThoseOfTheLibrary(String regex) {
        JsonObject replace = JsonParser.parseString("{\"type\": \"Replace\", \"pattern\": {}, \"content\": \"#\"}")
                .getAsJsonObject();
        replace.getAsJsonObject("pattern").addProperty("Regex", regex);
        try (NativeSweep library = NativeSweep.normalizer(replace.toString())) {
            assertThat(LibraryRegex.compile(regex).matcher(TEXT).replaceAll("#"))
                    .isEqualTo(library.of(TEXT));
        }
    }

    @Test
    void aPropertyThatIsNotInTheTablesIsNamed() {
        assertThatThrownBy(() -> LibraryRegex.compile("\\p{Klingon}"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("\"Klingon\"");
    }

    @Test
    void aTextThatIsNoExpressionIsTakenAsItIs() {
        JsonObject split = JsonParser.parseString("{\"pattern\": {\"String\": \"\\\\p{L}\"}}")
                .getAsJsonObject();
        assertThat(Pattern.expression(Fields.of("pre_tokenizer", split))
                        .matcher("a\\p{L}b")
                        .replaceAll("#"))
                .isEqualTo("a#b");
    }
}
