package dev.cloze.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.cloze.processor.model.Names;
import dev.cloze.processor.model.TaskModel;
import javax.lang.model.element.Modifier;

/** The service of a pipeline, by which frameworks find it; public, as services are, wherever it lies. */
final class ProviderClass {

    private static final String SPI = "dev.cloze.runtime.spi";
    private static final ClassName DECLARED = ClassName.get(SPI, "DeclaredPipeline");

    private ProviderClass() {}

    static TypeSpec of(TaskModel task, Kind kind) {
        return TypeSpec.classBuilder(Names.providerOf(task.type()).simpleName())
                .addJavadoc("Lets frameworks find this pipeline, as a service.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addSuperinterface(ClassName.get(SPI, "PipelineProvider"))
                .addMethod(MethodSpec.constructorBuilder()
                        .addJavadoc("For the service loader.\n")
                        .addModifiers(Modifier.PUBLIC)
                        .build())
                .addMethod(MethodSpec.methodBuilder("pipeline")
                        .addAnnotation(Override.class)
                        .addModifiers(Modifier.PUBLIC)
                        .returns(ParameterizedTypeName.get(DECLARED, kind.of(kind.pipeline())))
                        .addStatement("return $T.of(TASK)", DECLARED)
                        .build())
                .build();
    }
}
