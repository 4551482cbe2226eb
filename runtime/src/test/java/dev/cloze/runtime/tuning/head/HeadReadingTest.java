package dev.cloze.runtime.tuning.head;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.LabelTask;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadReadingTest {

    private static final String MODEL = "cloze-tiny-en";

    @Test
    void theSecondTextOfAPairIsReadInASegmentOfItsOwn() {
        LabelTask task = LabelTask.of(Reviews.asked("{first} {sep} {second} {mask}")
                .tuning(TaskTuning.of(TuningMethod.FINE_TUNING, MODEL))
                .build());
        try (LanguageModel model = LanguageModel.open(MODEL)) {
            HeadReading reading = HeadReading.of(task, model, StatePooling.PLACES);
            TokenRow row = reading.row(reading.encode(Map.of("first", "a film", "second", "it was good")));
            assertThat(model.tokenizer().decode(row.ids())).isEqualTo("a film it was good");
            assertThat(row.segments()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
            assertThat(row.asked()).containsExactly(0);
        }
    }
}
