package dev.cloze.annotations.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateColumnTest {

    @Test
    void aTemplateOfOneLineHasColumnsAlone() {
        assertThat(TemplateColumn.in("{title} It was {mask}.", 16)).isEqualTo("column 16");
        assertThat(TemplateColumn.in("{title}\n{mask}", 1)).isEqualTo("column 1");
        assertThat(TemplateColumn.in("{title}\n{mask}", 8)).isEqualTo("column 8");
    }

    @Test
    void behindALineBreakTheyAreThoseOfTheLine() {
        assertThat(TemplateColumn.in("{title}\n{mask}", 9)).isEqualTo("column 1 of line 2");
        assertThat(TemplateColumn.in("{title}\r\n\n It was {mask}", 19)).isEqualTo("column 9 of line 3");
    }

    @Test
    void aPartHasThePlaceThatItsTextHas() {
        String template = "{{{a}}}\nb}}\n{soft:2} {{c\n}} {d|lower}\n{mask}";
        List<TemplatePart> parts = TemplateSyntax.parse(template);
        assertThat(parts).hasSizeGreaterThan(6).allSatisfy(part -> assertThat(TemplateColumn.of(part, parts))
                .isEqualTo(TemplateColumn.in(template, part.column())));
        assertThat(TemplateColumn.of(parts.get(parts.size() - 1), parts)).isEqualTo("column 1 of line 5");
    }

    @Test
    void whatBreaksTheGrammarIsSoughtInItsLine() {
        assertThatThrownBy(() -> TemplateSyntax.parse("A text of several lines:\n{title} by {author|lowr}"))
                .hasMessageStartingWith("[TemplateSyntax] \"lowr\" at column 20 of line 2 is no filter.");
    }
}
