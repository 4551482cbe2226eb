package dev.cloze.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import dev.cloze.processor.model.Accessor;
import dev.cloze.processor.model.PlaceholderModel;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** The method that follows a path of several components: null stays null on the way, an empty Optional stays empty. */
final class PathMethod {

    private PathMethod() {}

    static MethodSpec of(PlaceholderModel placeholder, ClassName input, NameAllocator methodNames) {
        NameAllocator variables = new NameAllocator();
        String from = variables.newName("input");
        MethodSpec.Builder method = MethodSpec.methodBuilder(methodNames.newName(camelCase(placeholder.path())))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(Object.class)
                .addParameter(input, from);
        List<Accessor> steps = placeholder.accessors();
        for (Accessor step : steps.subList(0, steps.size() - 1)) {
            from = follow(step, from, variables, method);
        }
        return method.addStatement(
                        "return $L.$L", from, steps.get(steps.size() - 1).call())
                .build();
    }

    /** Reads one component into a variable, whose name it returns. */
    private static String follow(Accessor step, String from, NameAllocator variables, MethodSpec.Builder method) {
        String variable = variables.newName(step.component());
        method.addStatement("var $L = $L.$L", variable, from, step.call());
        if (!step.type().getKind().isPrimitive()) {
            method.beginControlFlow("if ($L == null)", variable)
                    .addStatement("return null")
                    .endControlFlow();
        }
        if (!step.optional()) {
            return variable;
        }
        method.beginControlFlow("if ($L.isEmpty())", variable)
                .addStatement("return $T.empty()", Optional.class)
                .endControlFlow();
        return variable + ".get()";
    }

    private static String camelCase(String path) {
        StringBuilder name = new StringBuilder();
        for (String component : path.split("\\.")) {
            name.append(
                    name.isEmpty() ? component : Character.toUpperCase(component.charAt(0)) + component.substring(1));
        }
        return name.toString();
    }
}
