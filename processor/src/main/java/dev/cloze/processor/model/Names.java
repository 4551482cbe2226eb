package dev.cloze.processor.model;

import com.google.auto.common.AnnotationMirrors;
import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import dev.cloze.annotations.Verbalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Names as people say them, without packages. */
public final class Names {

    /** What the class in each generated pipeline that is its service may be called, the first that no type of the task's has. */
    private static final List<String> PROVIDERS = List.of("Provider", "Service", "Door");

    /** The longest of these. */
    public static final String PROVIDER = PROVIDERS.get(0);

    /** What javac calls the type that stands for a wildcard. */
    private static final String CAPTURED = "<captured wildcard>";

    private Names() {}

    /** {@code Review}, or {@code Shop.Review} when nested. */
    public static String of(TypeElement type) {
        return String.join(".", ClassName.get(type).simpleNames());
    }

    /** {@code List<Author>}, for a type that has no error in it; {@code List<?>} where nobody wrote what a list is of. */
    public static String of(TypeMirror type) {
        return TypeName.get(type)
                .toString()
                .replace(CAPTURED, "?")
                .replaceAll("\\b(?:\\p{Ll}[\\w$]*\\.)+(?=\\p{Lu})", "");
    }

    /** The class generated for a task: {@code ReviewPipeline}, or {@code Shop_ReviewPipeline} when nested. */
    public static ClassName pipelineOf(TypeElement task) {
        ClassName name = ClassName.get(task);
        return ClassName.get(name.packageName(), String.join("_", name.simpleNames()) + "Pipeline");
    }

    /**
     * The service of a task's generated pipeline. A nested class hides what has its name beside the one around it, which a task
     * or an enum of the unnamed package, or of one with a name like a field's, can't be called by otherwise.
     */
    public static ClassName providerOf(TypeElement task) {
        Set<String> taken = new HashSet<>(Set.of(outermost(task)));
        MoreElements.getAnnotationMirror(task, Verbalizer.class)
                .toJavaUtil()
                .map(verbalizer -> AnnotationMirrors.getAnnotationValue(verbalizer, "labels")
                        .getValue())
                .filter(DeclaredType.class::isInstance)
                .ifPresent(labels -> taken.add(outermost(MoreTypes.asTypeElement((DeclaredType) labels))));
        String free = PROVIDERS.stream()
                .filter(name -> !taken.contains(name))
                .findFirst()
                .orElseThrow();
        return pipelineOf(task).nestedClass(free);
    }

    private static String outermost(TypeElement type) {
        return ClassName.get(type).simpleNames().get(0);
    }
}
