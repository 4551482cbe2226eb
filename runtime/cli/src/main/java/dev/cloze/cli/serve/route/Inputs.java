package dev.cloze.cli.serve.route;

import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.workbench.request.Fields;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The texts of a task's placeholders as a request has them. */
final class Inputs {

    private static final Path REQUEST = Path.of("request");

    private Inputs() {}

    /** One input that has these columns and no others. */
    static DataRow of(Fields fields, List<String> columns, int number) {
        Map<String, String> values = fields.named(columns).allTexts();
        columns.forEach(column -> {
            var unused = fields.text(column);
        });
        return new DataRow(REQUEST, number, values);
    }
}
