package dev.cloze.annotations.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpacingTest {

    private static final Spacing BOTH_SIDES = new Spacing(false, false, SpecialTokenSpaces.PLAIN);
    private static final Spacing LEFT_TO_RIGHT = new Spacing(true, false, SpecialTokenSpaces.PLAIN);
    private static final Spacing AS_WRITTEN = new Spacing(false, true, SpecialTokenSpaces.PLAIN);

    private static final SpecialTokenSpaces TAKING = new SpecialTokenSpaces() {
        @Override
        public boolean takesSpaceBefore(String token) {
            return token.contains("<");
        }

        @Override
        public boolean takesSpaceBehind(String token) {
            return token.contains(">");
        }

        @Override
        public boolean textBeginsBehind() {
            return true;
        }
    };

    @Test
    void whiteSpaceBelongsToThePartItStandsBeforeAndNoneToTheStart() {
        assertThat(texts("  It is {x}\n It was\t{mask} ! ", "a", BOTH_SIDES))
                .containsExactly("^It is", " a", "\n It was", "", " !");
        assertThat(texts("  It is {x}\n It was\t{mask} ! ", "", BOTH_SIDES))
                .containsExactly("^It is", "", "\n It was", "", " !");
        assertThat(texts("{x}? {sep} {x}: {mask}", "", BOTH_SIDES)).containsExactly("", "^?", "", "", "^:", "");
        assertThat(texts("{x}? {sep} {x}: {mask}", "a", BOTH_SIDES)).containsExactly("^a", "?", "", "^a", ":", "");
    }

    @Test
    void fromLeftToRightALineBeforeTheMaskIsReadButForTheSpaceOfTheWord() {
        assertThat(texts("{x}\n{mask}", "a", LEFT_TO_RIGHT)).containsExactly("^a", "\n");
        assertThat(texts("{x} \n {mask} ", "a", LEFT_TO_RIGHT)).containsExactly("^a", " \n");
        assertThat(texts("{x} It was {mask}", "a", LEFT_TO_RIGHT)).containsExactly("^a", " It was", "");
        assertThat(texts("{x} So:\n\n{mask}", "a", LEFT_TO_RIGHT)).containsExactly("^a", " So:\n\n", "");
        assertThat(texts("It was\n{x}{mask}", "", LEFT_TO_RIGHT)).containsExactly("^It was", "", "\n");
        assertThat(texts("{x}\n{mask}", "", LEFT_TO_RIGHT)).containsExactly("", "");
    }

    @Test
    void fromLeftToRightTheLineATemplateEndsWithIsReadToo() {
        assertThat(texts("{x} In short:\n", "a", LEFT_TO_RIGHT)).containsExactly("^a", " In short:\n");
        assertThat(texts("{x} In short: ", "a", LEFT_TO_RIGHT)).containsExactly("^a", " In short:");
        assertThat(texts("{x}\n ", "a", LEFT_TO_RIGHT)).containsExactly("^a", "\n");
        assertThat(texts("{x}\n", "a", BOTH_SIDES)).containsExactly("^a");
    }

    @Test
    void theWordAtTheMaskFollowsASpaceUnlessALineOrTextIsDirectlyBefore() {
        assertThat(follows("{x}\n{mask}", BOTH_SIDES)).isTrue();
        assertThat(follows("{x}\n{mask}", LEFT_TO_RIGHT)).isFalse();
        assertThat(follows("{x}:\n{mask}", LEFT_TO_RIGHT)).isFalse();
        assertThat(follows("{x}\n {mask}", LEFT_TO_RIGHT)).isTrue();
        assertThat(follows("{x}: {mask}", LEFT_TO_RIGHT)).isTrue();
        assertThat(follows("{x}{mask}", LEFT_TO_RIGHT)).isFalse();
        assertThat(follows("{mask}", LEFT_TO_RIGHT)).isTrue();
        assertThat(follows("{special:\"<s>\"}{mask}", LEFT_TO_RIGHT)).isFalse();
        assertThat(follows("{special:\"<s>\"}{mask}", BOTH_SIDES)).isTrue();
        assertThat(follows("{special:\"<s>\"}{mask}", new Spacing(true, false, TAKING)))
                .isTrue();
    }

    @Test
    void whiteSpaceBesideASpecialTokenIsReadAsWritten() {
        String chat = "{special:\"[S]\"}user\n{x}{special:\"[E]\"}\n{special:\"[S]\"} you";
        for (Spacing spacing : List.of(BOTH_SIDES, LEFT_TO_RIGHT)) {
            assertThat(texts(chat, "a", spacing)).containsExactly("", "user", "\na", "", "\n", " you");
            assertThat(texts(chat, "", spacing)).containsExactly("", "user", "", "\n", "\n", " you");
        }
        assertThat(texts("so \n{special:\"[E]\"}", "", BOTH_SIDES)).containsExactly("^so \n", "");
    }

    @Test
    void someSpecialTokensTakeTheSpaceBesideThemAndBeginAText() {
        Spacing taking = new Spacing(false, false, TAKING);
        assertThat(texts("so {special:\"<\"} so {special:\">\"} \n so", "", taking))
                .containsExactly("^so", "", "^ so ", "", "^so");
        assertThat(texts("{x} {special:\"<\"} {special:\">\"} {x}", "a", taking))
                .containsExactly("^a", "", "^ ", "^a");
    }

    @Test
    void asWrittenMeansAtBothEnds() {
        assertThat(texts(" It was {mask} . \n", "", AS_WRITTEN)).containsExactly("^ It was", "", " . \n");
        assertThat(texts("\n{mask} ", "", AS_WRITTEN)).containsExactly("", " ");
        assertThat(texts(" It was\n{mask} ", "", new Spacing(true, true, SpecialTokenSpaces.PLAIN)))
                .containsExactly("^ It was\n", "");
    }

    private static boolean follows(String template, Spacing spacing) {
        return spacing.maskFollowsSpace(spacing.of(TemplateSyntax.parse(template)));
    }

    /** What is encoded at each part, where it begins a text with "^" before it. */
    private static List<String> texts(String template, String value, Spacing spacing) {
        TextFlow flow = new TextFlow(spacing);
        return spacing.of(TemplateSyntax.parse(template)).stream()
                .map(part -> flow.next(part, placeholder -> value))
                .map(run -> (run.begins() ? "^" : "") + run.text())
                .toList();
    }
}
