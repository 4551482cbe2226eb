package dev.cloze.docs;

import dev.cloze.annotations.Tuning;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What stands in for the models and files that a page names, so that it runs anywhere and in little time. */
final class StandIns {

    private static final String WRITER = "cloze-lm-tiny-en";

    private static final Map<String, String> SMALL = Map.of(
            "\"HuggingFaceTB/SmolLM-135M\"", quoted(WRITER),
            "\"gpt2\"", quoted(WRITER),
            "\"sentence-transformers/all-MiniLM-L6-v2\"", quoted(Tuning.QUICK_BACKBONE),
            "\"cloze-small-en\"", quoted(Tuning.QUICK_BACKBONE),
            "\"cloze-t5-small-en\"",
                    quoted(Path.of("../runtime/src/test/resources/template-search/t5")
                            .toAbsolutePath()
                            .toString()),
            ".withCandidates(20).withSteps(100)", ".withCandidates(2).withSteps(4)");

    private static final List<String> WITHOUT_STEPS = List.of(
            "method(TuningMethod.TF_IDF)", "@TfIdf", "IN_CONTEXT", "@InContext", "searchWords", "sharedOptions");

    private StandIns() {}

    /** The code with small models, and with all its files in a folder and its trainings short. */
    static String in(String code, Path folder) {
        String small = code;
        for (Map.Entry<String, String> model : SMALL.entrySet()) {
            small = small.replace(model.getKey(), model.getValue());
        }
        if (WITHOUT_STEPS.stream().noneMatch(code::contains)) {
            String few = code.contains("unlabeled") ? "few(o)" : "o.withMaxSteps(8)"; // few is given with the texts
            small = small.replace(".trainer()", ".trainer().options(o -> " + few + ")")
                    .replace("o.withMaxSteps(2000)", "o.withMaxSteps(8)")
                    .replace("MultitaskTrainer.create()", "MultitaskTrainer.create().teachers(o -> o.withMaxSteps(8))")
                    .replace("Pipeline.TASK)", "Pipeline.TASK).options(o -> o.withMaxSteps(8))")
                    .replace("DISTILLATION_STEPS, 2000", "DISTILLATION_STEPS, 20");
        }
        return small.replace("Path.of(\"", "Path.of(\"" + folder + "/")
                .replace("\"glove.6B.100d.txt\"", quoted(folder + "/vectors.txt"));
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
