package dev.cloze.runtime.tuning.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Meals;
import dev.cloze.runtime.Meals.Meal;
import dev.cloze.runtime.Meals.Slot;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.data.Word;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.SpanTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagReadingTest {

    private static final String TEXT = "Müller's café serves 😀 fried-rice, unbelievably cheap ($20).";

    private final LanguageModel model = LanguageModel.open("cloze-tiny-en");

    @AfterEach
    void close() {
        model.close();
    }

    private static SpanTask task(String template, int maxLength) {
        TaskTuning tuning = TaskTuning.of(TuningMethod.FINE_TUNING, "cloze-tiny-en");
        ExtractionTask<Meal, Slot> declared = Meals.asked(template)
                .placeholder("title", Meal::text)
                .tuning(maxLength == 0 ? tuning : tuning.with("maxLength", maxLength))
                .build();
        return SpanTask.of(declared);
    }

    private TagReading reading(String template, int maxLength) {
        return TagReading.of(task(template, maxLength), model, 0);
    }

    private int[] ids(String text) {
        return model.tokenizer().encode(text, true);
    }

    @Test
    void theTextIsReadAsItIsAndEachWordAskedAtItsFirstToken() {
        TaggedText read = reading("{text|spans} {span} is a {mask}", 0).read(Map.of("text", TEXT));
        assertThat(read.windows()).hasSize(1);
        TagWindow window = read.windows().get(0);
        int[] text = ids(TEXT);
        int[] ids = window.row().ids();
        assertThat(java.util.Arrays.copyOfRange(ids, 1, ids.length - 1)).isEqualTo(text);
        assertThat(window.words()).isEqualTo(read.words().size());
        for (int w = 0; w < window.words(); w++) {
            Word word = read.words().get(w);
            int[] own = model.tokenizer().encode(TEXT.substring(word.start(), word.end()), false);
            assertThat(ids[window.row().asked()[w]]).as("%s", word).isEqualTo(own[0]);
        }
        assertThat(window.cut()).isFalse();
    }

    @Test
    void anotherPlaceholderIsReadInItsSegment() {
        TaggedText read =
                reading("{title} {sep} {text|spans}", 0).read(Map.of("title", "A booking", "text", "Alma at noon"));
        TagWindow window = read.windows().get(0);
        int begin = 1 + ids("A booking").length + 1;
        assertThat(window.row().asked()).startsWith(begin);
        assertThat(window.row().segments()[begin]).isEqualTo(1);
        assertThat(window.row().segments()[begin - 1]).isZero();
    }

    @Test
    void aLongTextIsReadInWindowsOfWhichEveryWordIsAskedOnce() {
        String text = IntStream.range(0, 200).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
        TaggedText read = reading("{text|spans}", 32).read(Map.of("text", text));
        assertThat(read.words()).hasSize(200);
        assertThat(read.windows()).hasSizeGreaterThan(200 / 30);
        int next = 0;
        for (TagWindow window : read.windows()) {
            assertThat(window.first()).isEqualTo(next);
            assertThat(window.row().length()).isLessThanOrEqualTo(32);
            for (int w = 0; w < window.words(); w++) {
                Word word = read.words().get(next);
                int[] own = model.tokenizer().encode(" " + text.substring(word.start(), word.end()), false);
                assertThat(window.row().ids()[window.row().asked()[w]]).isEqualTo(own[0]);
                next++;
            }
        }
        assertThat(next).isEqualTo(200);
        assertThat(read.cut()).isFalse();
    }

    @Test
    void anotherPlaceholderIsCutToHalfOfTheRoomForIt() {
        String lengthy = "one two three four five six seven eight nine ten ".repeat(8);
        TaggedText read = reading("{title} {sep} {text|spans}", 40).read(Map.of("title", lengthy, "text", lengthy));
        assertThat(read.cut()).isTrue();
        assertThat(read.windows())
                .allSatisfy(window -> assertThat(window.row().length()).isLessThanOrEqualTo(40));
        assertThat(read.windows().get(0).words()).isGreaterThanOrEqualTo(12);
        assertThat(read.windows().stream().mapToInt(TagWindow::words).sum()).isEqualTo(80);
    }

    @Test
    void whatIsNothingToTheModelIsNoWord() {
        assertThat(reading("{text|spans}", 0).read(Map.of("text", " \n ")).windows())
                .isEmpty();
        TaggedText read = reading("{text|spans}", 0).read(Map.of("text", "Alma \uFFFD Zizzi"));
        assertThat(read.words()).containsExactly(new Word(0, 4), new Word(7, 12));
    }

    @Test
    void aDecoderTagsNoWords(@TempDir Path folder) {
        String name = TinyModels.decoder(folder, 64, List.of("alma")).toString();
        SpanTask task = task("{text|spans}", 0);
        try (LanguageModel decoder = LanguageModel.open(name)) {
            assertThatThrownBy(() -> TagReading.of(task, decoder, 0))
                    .hasMessageContaining("[TuningBackboneUnsupported]")
                    .hasMessageContaining("can't tag words");
        }
    }
}
