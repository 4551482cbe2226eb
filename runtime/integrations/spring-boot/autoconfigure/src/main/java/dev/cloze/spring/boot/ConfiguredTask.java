package dev.cloze.spring.boot;

import dev.cloze.runtime.spi.DeclaredPipeline;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * A pipeline that is to be a bean.
 *
 * @param name as in the properties, such as {@code support-ticket}
 * @param declared its task
 * @param further whether it is another one of a task that has a pipeline of its own name
 * @param archive the folder it is opened from; null where it is run without training
 * @param lazy whether it is opened when it is first asked
 */
record ConfiguredTask(
        String name,
        DeclaredPipeline<?> declared,
        boolean further,
        @Nullable Path archive,
        boolean lazy) {

    /** The type of the bean, with its type arguments. */
    ResolvableType type() {
        return ResolvableType.forClassWithGenerics(
                declared.type(), declared.typeArguments().toArray(Class<?>[]::new));
    }

    /** {@code cloze.tasks.support-ticket.archive}. */
    String property(String setting) {
        return TaskNames.property(name, setting);
    }
}
