package dev.cloze.spring.boot;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Refuses to make ready for a native image what can't run in one, rather than let it fail when it is started. */
final class NativeImageRefusal implements BeanFactoryInitializationAotProcessor {

    @Override
    public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
            ConfigurableListableBeanFactory beanFactory) {
        if (!beanFactory.containsBeanDefinition(PipelineRegistrar.TASKS)) {
            return null;
        }
        throw new ClozeException(
                Problem.NATIVE_IMAGE,
                "An application with pipelines of Cloze cannot be made a native image, nor be processed ahead of"
                        + " time.\n"
                        + "  Its models are run by libtorch through JNI and JNA, whose classes are looked up by name while"
                        + " it runs.\n"
                        + "  Run it on a JVM without process-aot, or switch the pipelines off with cloze.enabled=false.");
    }
}
