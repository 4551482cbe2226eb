package dev.cloze.processor.write;

import com.google.auto.common.Visibility;
import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.cloze.processor.model.Names;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.vocabulary.BackboneFinder;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Writes the pipeline class of a valid task: its declaration, and the doors to its pipelines. */
public final class PipelineWriter {

    private static final String GENERATED = "javax.annotation.processing.Generated";

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
        generated(task)
                .ifPresent(generated -> type.addAnnotation(AnnotationSpec.builder(ClassName.get(generated))
                        .addMember("value", "$S", "dev.cloze.processor.PromptProcessor")
                        .build()));
        if (Deprecation.isIn(task, environment.getElementUtils())) {
            type.addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                    .addMember("value", "{$S, $S}", "deprecation", "removal")
                    .build());
        }
        Kind kind = Kind.of(task);
        Declaration declaration = new Declaration(task, kind);
        type.addField(FieldSpec.builder(kind.of(kind.task()), "TASK", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The task as its annotations declare it.\n")
                .initializer(declaration.value())
                .build());
        type.addMethod(
                MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
        doors(type, kind, task);
        declaration.methods().forEach(type::addMethod);
        type.addType(ProviderClass.of(task, kind));
        return type.build();
    }

    /** The annotation of generated classes, where the task's module can see it: a named one reads java.compiler for it. */
    private Optional<TypeElement> generated(TaskModel task) {
        Elements elements = environment.getElementUtils();
        ModuleElement module = elements.getModuleOf(task.type());
        return Optional.ofNullable(
                module == null ? elements.getTypeElement(GENERATED) : elements.getTypeElement(module, GENERATED));
    }

    private static void doors(TypeSpec.Builder type, Kind kind, TaskModel task) {
        if (task.answersUntrained()) {
            type.addMethod(door(kind.untrained(), kind.opening())
                    .returns(kind.of(kind.pipeline()))
                    .addStatement("return $T.$L(TASK)", kind.pipeline(), kind.untrained())
                    .build());
        }
        type.addMethod(door("trainer", kind.training())
                .returns(kind.of(kind.trainer()))
                .addStatement("return $T.of(TASK)", kind.trainer())
                .build());
        type.addMethod(door("load", kind.loading())
                .returns(kind.of(kind.pipeline()))
                .addParameter(Path.class, "folder")
                .addStatement("return $T.load(TASK, folder)", kind.pipeline())
                .build());
    }

    private static MethodSpec.Builder door(String name, String javadoc) {
        return MethodSpec.methodBuilder(name)
                .addJavadoc("$L\n", javadoc)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC);
    }

    private static boolean isPublic(TaskModel task) {
        return isPublic(task.type()) && task.verbalizer().stream().allMatch(verbalizer -> isPublic(verbalizer.type()));
    }

    private static boolean isPublic(TypeElement type) {
        return Visibility.effectiveVisibilityOfElement(type) == Visibility.PUBLIC;
    }
}
