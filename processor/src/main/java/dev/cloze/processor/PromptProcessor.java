package dev.cloze.processor;

import com.google.auto.common.BasicAnnotationProcessor;
import com.google.auto.service.AutoService;
import dev.cloze.annotations.method.MethodAnnotation;
import dev.cloze.annotations.method.MethodAnnotations;
import dev.cloze.processor.validate.BackboneValidator;
import dev.cloze.processor.validate.CandidatesValidator;
import dev.cloze.processor.validate.DemonstrationValidator;
import dev.cloze.processor.validate.LengthValidator;
import dev.cloze.processor.validate.MaskPlaceValidator;
import dev.cloze.processor.validate.ModelCountValidator;
import dev.cloze.processor.validate.PlaceholderValidator;
import dev.cloze.processor.validate.PromptLengthValidator;
import dev.cloze.processor.validate.SameAnswerValidator;
import dev.cloze.processor.validate.ScaleValidator;
import dev.cloze.processor.validate.SeveralTemplatesValidator;
import dev.cloze.processor.validate.SpansValidator;
import dev.cloze.processor.validate.SpecialTokenValidator;
import dev.cloze.processor.validate.TaskClassValidator;
import dev.cloze.processor.validate.TaskSizeValidator;
import dev.cloze.processor.validate.TemplateValidator;
import dev.cloze.processor.validate.TextTemplateValidator;
import dev.cloze.processor.validate.TuningValidator;
import dev.cloze.processor.validate.Validator;
import dev.cloze.processor.validate.VerbalizerKindValidator;
import dev.cloze.processor.validate.VerbalizerValidator;
import dev.cloze.processor.validate.VocabularyValidator;
import dev.cloze.processor.vocabulary.BackboneFinder;
import dev.cloze.processor.write.PipelineWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * Checks every class annotated with {@link dev.cloze.annotations.Template} and writes its pipeline.
 *
 * <p>Label words and lengths are checked against the backbone's own tokenizer where one is at hand: in the folders of
 * the option {@code -Acloze.models=DIR[,DIR]}, where {@code DIR/NAME} is the model's folder, or in a model's jar on the
 * processor path. A task that names no backbone is checked with the default model, or, with the option
 * {@code -Acloze.quick}, with the quick one.
 */
@AutoService(Processor.class)
public final class PromptProcessor extends BasicAnnotationProcessor {

    private final List<MethodAnnotation> methods;
    private final List<Validator> more;
    private @Nullable TaskStep tasks;

    /** For the compiler, which finds it as a service. */
    public PromptProcessor() {
        this(MethodAnnotations.ALL, List.of());
    }

    /** With further validators, run last. */
    PromptProcessor(List<Validator> more) {
        this(MethodAnnotations.ALL, more);
    }

    /** With these annotations of methods. */
    PromptProcessor(List<MethodAnnotation> methods, List<Validator> more) {
        this.methods = methods;
        this.more = more;
    }

    @Override
    protected Iterable<? extends Step> steps() {
        BackboneFinder finder = new BackboneFinder(
                processingEnv.getOptions().get(BackboneFinder.OPTION),
                Objects.requireNonNull(PromptProcessor.class.getClassLoader()));
        List<Validator> validators = new ArrayList<>(List.of(
                new TaskClassValidator(),
                new TaskSizeValidator(),
                new TemplateValidator(),
                new PromptLengthValidator(),
                new TextTemplateValidator(),
                new SameAnswerValidator(),
                new PlaceholderValidator(processingEnv.getTypeUtils(), processingEnv.getElementUtils()),
                new VerbalizerValidator(),
                new ScaleValidator(),
                new SpansValidator(),
                new CandidatesValidator(),
                new TuningValidator(methods),
                new VerbalizerKindValidator(),
                new SeveralTemplatesValidator(),
                new ModelCountValidator(),
                new BackboneValidator(finder),
                new MaskPlaceValidator(finder),
                new SpecialTokenValidator(finder),
                new VocabularyValidator(finder),
                new LengthValidator(finder),
                new DemonstrationValidator(finder)));
        validators.addAll(more);
        tasks = new TaskStep(processingEnv, methods, validators, new PipelineWriter(processingEnv, finder));
        return List.of(tasks);
    }

    @Override
    protected void postRound(RoundEnvironment round) {
        Objects.requireNonNull(tasks, "the compiler asks for the steps first").endRound(round.processingOver());
    }

    @Override
    public Set<String> getSupportedOptions() {
        return Set.of(BackboneFinder.OPTION, TaskStep.QUICK);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }
}
