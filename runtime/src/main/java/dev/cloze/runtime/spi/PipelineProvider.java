package dev.cloze.runtime.spi;

/**
 * Lets a framework find the pipelines of a program: each generated pipeline class has one, a service that {@link
 * java.util.ServiceLoader} finds without looking through the class path.
 */
public interface PipelineProvider {

    /** What the pipeline is of, and how it is opened; nothing is opened yet. */
    DeclaredPipeline<?> pipeline();
}
