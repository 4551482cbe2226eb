package dev.cloze.processor.model;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** Names as people say them, without packages. */
public final class Names {

    /** The class in each generated pipeline that is its service. */
    public static final String PROVIDER = "Provider";

    private Names() {}

    /** {@code Review}, or {@code Shop.Review} when nested. */
    public static String of(TypeElement type) {
        return String.join(".", ClassName.get(type).simpleNames());
    }

    /** {@code List<Author>}, for a type that has no error in it. */
    public static String of(TypeMirror type) {
        return TypeName.get(type).toString().replaceAll("\\b(?:\\p{Ll}[\\w$]*\\.)+(?=\\p{Lu})", "");
    }

    /** The class generated for a task: {@code ReviewPipeline}, or {@code Shop_ReviewPipeline} when nested. */
    public static ClassName pipelineOf(TypeElement task) {
        ClassName name = ClassName.get(task);
        return ClassName.get(name.packageName(), String.join("_", name.simpleNames()) + "Pipeline");
    }

    /** The service of a task's generated pipeline. */
    public static ClassName providerOf(TypeElement task) {
        return pipelineOf(task).nestedClass(PROVIDER);
    }
}
