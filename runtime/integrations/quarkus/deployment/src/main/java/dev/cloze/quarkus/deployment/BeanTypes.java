package dev.cloze.quarkus.deployment;

import dev.cloze.runtime.spi.DeclaredPipeline;
import org.jboss.jandex.DotName;
import org.jboss.jandex.ParameterizedType;
import org.jboss.jandex.Type;

/** The types of beans, with their type arguments. */
final class BeanTypes {

    private BeanTypes() {}

    /** Such as {@code PromptPipeline<Review, Sentiment>}. */
    static ParameterizedType of(DeclaredPipeline<?> declared) {
        return ParameterizedType.create(
                DotName.createSimple(declared.type()),
                declared.typeArguments().stream()
                        .map(argument -> Type.create(DotName.createSimple(argument), Type.Kind.CLASS))
                        .toArray(Type[]::new),
                null);
    }
}
