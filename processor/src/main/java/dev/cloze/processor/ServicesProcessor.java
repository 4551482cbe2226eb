package dev.cloze.processor;

import com.google.auto.common.MoreElements;
import com.google.auto.service.AutoService;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Templates;
import dev.cloze.processor.model.Names;
import dev.cloze.processor.write.ServicesFile;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Lists the pipelines of all tasks in {@code META-INF/services}, where frameworks find them.
 *
 * <p>One file comes from all tasks of a module, which Gradle calls aggregating: it is written anew whenever one of them changes,
 * while {@link PromptProcessor} has to look at that one alone.
 */
@AutoService(Processor.class)
public final class ServicesProcessor extends AbstractProcessor {

    private final Set<String> tasks = new TreeSet<>();

    /** For the compiler, which finds it as a service. */
    public ServicesProcessor() {}

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            round.getElementsAnnotatedWith(annotation).stream()
                    .filter(MoreElements::isType)
                    .map(task -> MoreElements.asType(task).getQualifiedName().toString())
                    .forEach(tasks::add);
        }
        if (round.processingOver() && !round.errorRaised()) {
            write();
        }
        return false;
    }

    /** In the last round, when enums that other processors write are there too. */
    private Set<String> providers() {
        Set<String> providers = new TreeSet<>();
        for (String name : tasks) {
            TypeElement task = processingEnv.getElementUtils().getTypeElement(name);
            if (task != null) {
                providers.add(Names.providerOf(task).reflectionName());
            }
        }
        return providers;
    }

    private void write() {
        try {
            new ServicesFile(processingEnv).write(providers());
        } catch (IOException e) {
            processingEnv
                    .getMessager()
                    .printMessage(
                            Diagnostic.Kind.ERROR,
                            ServicesFile.NAME + " cannot be written: " + e.getMessage()
                                    + "\n  Frameworks find pipelines by it. Is there space left, and may this user write"
                                    + " there?");
        }
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(Template.class.getCanonicalName(), Templates.class.getCanonicalName());
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }
}
