package dev.cloze.runtime.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table that the compiler reads and the services that the runtime finds say the same. */
class StrategiesTest {

    private static final Map<TaskKind, Class<? extends Strategy>> TYPES = Map.of(
            TaskKind.CLASSIFICATION,
            ClassificationStrategy.class,
            TaskKind.REGRESSION,
            RegressionStrategy.class,
            TaskKind.EXTRACTION,
            ExtractionStrategy.class,
            TaskKind.CLOZE,
            ClozeStrategy.class,
            TaskKind.TEXT,
            TextStrategy.class);

    private record Served(TuningMethod method, TaskKind kind) {}

    @Test
    void everyRowHasAStrategyAndEveryStrategyARow() {
        assertThat(TYPES).containsOnlyKeys(TaskKind.values());
        List<Served> found = new ArrayList<>();
        for (Strategy strategy : Strategies.all()) {
            TYPES.forEach((kind, type) -> {
                if (type.isInstance(strategy)) {
                    found.add(new Served(strategy.method(), kind));
                }
            });
        }
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        MethodTable.rows().stream().map(StrategiesTest::served).toList());
    }

    private static Served served(MethodTraits row) {
        return new Served(row.method(), row.kind());
    }
}
