package dev.cloze.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.cloze.processor.model.TaskModel;
import java.util.List;

/**
 * What the classes generated for one kind of task have of their own.
 *
 * @param task the class that declares such a task
 * @param pipeline the class that runs it
 * @param trainer the class that tunes it
 * @param types what these three are of: the input and, where labels are chosen, the label
 * @param untrained the name of the door to the model as it is, which methods have that answer without training
 * @param opening that door's Javadoc
 * @param training the Javadoc of the door to training
 * @param loading the Javadoc of the door to what was saved
 */
record Kind(
        ClassName task,
        ClassName pipeline,
        ClassName trainer,
        List<ClassName> types,
        String untrained,
        String opening,
        String training,
        String loading) {

    private static final String RUNTIME = "dev.cloze.runtime";
    private static final String SPI = "dev.cloze.runtime.spi";
    private static final String AS_IT_IS = "Opens the pipeline with the language model as it is, without any training.";
    private static final String SAVED = "Opens a tuned pipeline from the folder it was saved in.";
    private static final String SAVED_OR_ADAPTER =
            "Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.";

    static Kind of(TaskModel task) {
        ClassName input = ClassName.get(task.type());
        return switch (task.kind()) {
            case CLASSIFICATION -> classification(input, label(task));
            case REGRESSION -> answering("Regression", "Starts tuning on rated examples.", SAVED, input);
            case EXTRACTION ->
                answering("Extraction", "Starts tuning on inputs with their spans.", SAVED, input, label(task));
            case CLOZE -> answering("Cloze", "Starts tuning on answered examples.", SAVED_OR_ADAPTER, input);
            case TEXT -> text(input);
        };
    }

    /** The label enum of a task that has labels. */
    static ClassName label(TaskModel task) {
        return ClassName.get(task.verbalizer().orElseThrow().type());
    }

    /** A kind that answers without training: its task, pipeline and trainer are named alike. */
    private static Kind answering(String name, String training, String loading, ClassName... types) {
        return new Kind(
                ClassName.get(SPI, name + "Task"),
                ClassName.get(RUNTIME, name + "Pipeline"),
                ClassName.get(RUNTIME, name + "Trainer"),
                List.of(types),
                "zeroShot",
                AS_IT_IS,
                training,
                loading);
    }

    private static Kind classification(ClassName input, ClassName label) {
        return new Kind(
                ClassName.get(SPI, "ClassificationTask"),
                ClassName.get(RUNTIME, "PromptPipeline"),
                ClassName.get(RUNTIME, "PromptTrainer"),
                List.of(input, label),
                "zeroShot",
                AS_IT_IS,
                "Starts tuning on labelled examples.",
                SAVED_OR_ADAPTER);
    }

    private static Kind text(ClassName input) {
        return new Kind(
                ClassName.get(SPI, "TextTask"),
                ClassName.get(RUNTIME, "TextPipeline"),
                ClassName.get(RUNTIME, "TextTrainer"),
                List.of(input),
                "pretrained",
                AS_IT_IS,
                "Starts tuning on pairs of an input and the text to be written for it.",
                SAVED_OR_ADAPTER);
    }

    ParameterizedTypeName of(ClassName type) {
        return ParameterizedTypeName.get(type, types.toArray(TypeName[]::new));
    }

    /** {@code Review.class, Review.Sentiment.class}. */
    CodeBlock typeLiterals() {
        return types.stream().map(type -> CodeBlock.of("$T.class", type)).collect(CodeBlock.joining(", "));
    }

    /** The doors a pipeline class can have, whose names no other method may take. */
    List<String> doors() {
        return List.of(untrained, "trainer", "load");
    }
}
