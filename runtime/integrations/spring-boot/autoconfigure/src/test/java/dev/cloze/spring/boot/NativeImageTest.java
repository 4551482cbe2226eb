package dev.cloze.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** A native image is refused when it is made. */
class NativeImageTest {

    @Test
    void pipelinesAreRefusedByName() {
        assertThatThrownBy(() -> process("cloze.zero-shot=true"))
                .cause()
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NATIVE_IMAGE))
                .hasMessageContaining("native image")
                .hasMessageContaining("cloze.enabled=false");
    }

    @Test
    void withoutThemTheImageCanBeMade() {
        assertThat(process("cloze.enabled=false").simpleName()).isNotEmpty();
    }

    /** What a build does before it makes the image. */
    private static ClassName process(String property) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of(property).applyTo(context);
            context.register(ClozeAutoConfiguration.class);
            return new ApplicationContextAotGenerator()
                    .processAheadOfTime(
                            context,
                            new DefaultGenerationContext(
                                    new ClassNameGenerator(ClassName.get("test", "Application")),
                                    new InMemoryGeneratedFiles()));
        }
    }
}
