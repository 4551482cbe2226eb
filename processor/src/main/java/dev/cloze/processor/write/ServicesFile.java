package dev.cloze.processor.write;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Templates;
import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/** The file in which the service loader finds the pipelines of a module. */
public final class ServicesFile {

    /** Where it lies in the compiler's output. */
    public static final String NAME = "META-INF/services/dev.cloze.runtime.spi.PipelineProvider";

    private final ProcessingEnvironment environment;

    /** Writes through the compiler's filer. */
    public ServicesFile(ProcessingEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Writes the providers, and those that an earlier compile listed whose tasks are still there: an editor compiles what has
     * changed, and nothing else. Without any there is no file.
     */
    public void write(Set<String> providers) throws IOException {
        Set<String> all = new TreeSet<>(providers);
        Set<String> before = listed();
        before.stream().filter(this::isStillThere).forEach(all::add);
        if (all.isEmpty() && before.isEmpty()) {
            return;
        }
        try (Writer writer =
                filer().createResource(StandardLocation.CLASS_OUTPUT, "", NAME).openWriter()) {
            for (String provider : all) {
                writer.write(provider + "\n");
            }
        }
    }

    /** None where it cannot be read: compilers differ in how they say that it isn't there, and a broken disk fails in the write too. */
    private Set<String> listed() {
        try {
            FileObject file = filer().getResource(StandardLocation.CLASS_OUTPUT, "", NAME);
            return file.getCharContent(true)
                    .toString()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** Whether the class it was generated for is still a task: what was generated may outlive it. */
    private boolean isStillThere(String provider) {
        String pipeline = provider.substring(0, Math.max(0, provider.lastIndexOf('$')));
        TypeElement type = environment.getElementUtils().getTypeElement(pipeline);
        return type != null
                && ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
                        .filter(field -> field.getSimpleName().contentEquals("TASK"))
                        .anyMatch(field -> isOfTask(field.asType()));
    }

    private static boolean isOfTask(TypeMirror declaration) {
        return declaration instanceof DeclaredType declared
                && declared.getTypeArguments().stream().allMatch(one -> one.getKind() == TypeKind.DECLARED)
                && declared.getTypeArguments().stream()
                        .limit(1)
                        .map(MoreTypes::asElement)
                        .anyMatch(task -> MoreElements.isAnnotationPresent(task, Template.class)
                                || MoreElements.isAnnotationPresent(task, Templates.class));
    }

    private Filer filer() {
        return environment.getFiler();
    }
}
