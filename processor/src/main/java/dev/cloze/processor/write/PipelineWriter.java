package dev.cloze.processor.write;

import com.google.auto.common.GeneratedAnnotations;
import com.google.auto.common.Visibility;
import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.cloze.processor.model.Names;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.vocabulary.BackboneFinder;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Modifier;

/** Writes the pipeline class of a valid task: its declaration, and the doors to its pipelines. */
public final class PipelineWriter {

    private static final ClassName PIPELINE = ClassName.get("dev.cloze.runtime", "PromptPipeline");
    private static final ClassName TRAINER = ClassName.get("dev.cloze.runtime", "PromptTrainer");
    private static final ClassName TASK = ClassName.get("dev.cloze.runtime.spi", "ClassificationTask");

    private final ProcessingEnvironment environment;
    private final PipelineJavadoc javadoc;

    /** Writes through the compiler's filer; the Javadoc tells the tokens of models the finder finds. */
    public PipelineWriter(ProcessingEnvironment environment, BackboneFinder finder) {
        this.environment = environment;
        this.javadoc = new PipelineJavadoc(finder);
    }

    /** Writes the source file of the task's pipeline. */
    public void write(TaskModel task) throws IOException {
        ClassName name = Names.pipelineOf(task.type());
        JavaFile file = JavaFile.builder(name.packageName(), pipeline(name, task))
                .skipJavaLangImports(true)
                .indent("    ")
                .build();
        try (Writer writer = environment
                .getFiler()
                .createSourceFile(name.canonicalName(), task.type())
                .openWriter()) {
            writer.write(UnicodeEscapes.of(file.toString()));
        }
    }

    private TypeSpec pipeline(ClassName name, TaskModel task) {
        TypeSpec.Builder type =
                TypeSpec.classBuilder(name).addJavadoc(javadoc.ofClass(task)).addModifiers(Modifier.FINAL);
        if (isPublic(task)) {
            type.addModifiers(Modifier.PUBLIC);
        }
        GeneratedAnnotations.generatedAnnotation(environment.getElementUtils(), environment.getSourceVersion())
                .ifPresent(generated -> type.addAnnotation(AnnotationSpec.builder(ClassName.get(generated))
                        .addMember("value", "$S", "dev.cloze.processor.PromptProcessor")
                        .build()));
        Declaration declaration = new Declaration(task);
        ParameterizedTypeName taskType = ParameterizedTypeName.get(TASK, declaration.input(), declaration.label());
        type.addField(FieldSpec.builder(taskType, "TASK", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The task as its annotations declare it.\n")
                .initializer(declaration.code())
                .build());
        type.addMethod(
                MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
        doors(type, declaration);
        declaration.paths().forEach(type::addMethod);
        return type.build();
    }

    private static void doors(TypeSpec.Builder type, Declaration declaration) {
        ParameterizedTypeName pipeline = ParameterizedTypeName.get(PIPELINE, declaration.input(), declaration.label());
        ParameterizedTypeName trainer = ParameterizedTypeName.get(TRAINER, declaration.input(), declaration.label());
        type.addMethod(door("zeroShot", "Opens the pipeline with the language model as it is, without any training.\n")
                .returns(pipeline)
                .addStatement("return $T.zeroShot(TASK)", PIPELINE)
                .build());
        type.addMethod(door("trainer", "Starts tuning on labelled examples.\n")
                .returns(trainer)
                .addStatement("return $T.of(TASK)", TRAINER)
                .build());
        type.addMethod(door("load", "Opens a tuned pipeline from the folder it was saved in.\n")
                .returns(pipeline)
                .addParameter(Path.class, "folder")
                .addStatement("return $T.load(TASK, folder)", PIPELINE)
                .build());
    }

    private static MethodSpec.Builder door(String name, String javadoc) {
        return MethodSpec.methodBuilder(name)
                .addJavadoc(CodeBlock.of("$L", javadoc))
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC);
    }

    private static boolean isPublic(TaskModel task) {
        return Visibility.effectiveVisibilityOfElement(task.type()) == Visibility.PUBLIC
                && Visibility.effectiveVisibilityOfElement(task.verbalizer().type()) == Visibility.PUBLIC;
    }
}
