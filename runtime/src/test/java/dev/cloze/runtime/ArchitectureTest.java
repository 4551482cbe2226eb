package dev.cloze.runtime;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.cloze.runtime.checkpoint.file.DiskFolders;
import dev.cloze.runtime.tuning.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The directions of design: see docs/adr. */
@AnalyzeClasses(packages = "dev.cloze.runtime", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule onlyTheEngineKnowsHowLibtorchIsReached = noClasses()
            .that()
            .resideOutsideOfPackage("..runtime.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.pytorch..");

    @ArchTest
    static final ArchRule nativeArraysStayWithEngineBackbonesAndTuning = noClasses()
            .that()
            .resideOutsideOfPackages("..runtime.engine..", "..runtime.backbone..", "..runtime.tuning..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.ndarray..");

    @ArchTest
    static final ArchRule aBackboneKnowsNoTuningMethodAndNoTask = noClasses()
            .that()
            .resideInAPackage("..runtime.backbone..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..runtime.tuning..",
                    "..runtime.generation..",
                    "..runtime.model..",
                    "..runtime.classification..",
                    "..runtime.regression..",
                    "..runtime.extraction..",
                    "dev.cloze.runtime.cloze..",
                    "..runtime.text..",
                    "..runtime.verbalizer..",
                    "..runtime.template..");

    @ArchTest
    static final ArchRule theEngineKnowsNothingAboveIt = noClasses()
            .that()
            .resideInAPackage("..runtime.engine..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.cloze.runtime..").and(not(resideInAPackage("..runtime.engine.."))));

    @ArchTest
    static final ArchRule tuningKnowsNothingOfArchivesAndPipelines = noClasses()
            .that()
            .resideInAPackage("..runtime.tuning..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..runtime.archive..",
                    "..runtime.classification..",
                    "..runtime.regression..",
                    "..runtime.extraction..",
                    "dev.cloze.runtime.cloze..",
                    "..runtime.text..");

    /** A method's folder is the one that its strategy lies in. */
    @ArchTest
    static void nobodyKnowsAMethodButItself(JavaClasses classes) {
        List<String> methods = classes.stream()
                .filter(one -> one.isAssignableTo(Strategy.class)
                        && !one.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getPackageName)
                .distinct()
                .toList();
        assertThat(methods).isNotEmpty().allMatch(folder -> folder.matches("dev\\.cloze\\.runtime\\.tuning\\.\\w+"));
        for (String folder : methods) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(folder)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(folder)
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule sessionsHoldAProductAndDoNotAskHowItAnswers = noClasses()
            .that()
            .resideInAnyPackage(
                    "..runtime.classification..",
                    "..runtime.regression..",
                    "..runtime.extraction..",
                    "dev.cloze.runtime.cloze..",
                    "..runtime.text..",
                    "..runtime.archive..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..runtime.tuning.*..");

    @ArchTest
    static final ArchRule kindsOfTaskDoNotKnowOneAnother = slices().matching(
                    "dev.cloze.runtime.(classification|regression|extraction|cloze|text)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule whatTasksShareKnowsNoKindOfTask = noClasses()
            .that()
            .resideInAnyPackage("..runtime.model..", "..runtime.training..", "..runtime.generation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..runtime.classification..",
                    "..runtime.regression..",
                    "..runtime.extraction..",
                    "dev.cloze.runtime.cloze..",
                    "..runtime.text..",
                    "..runtime.tuning..");

    /** What is made of trainers and pipelines, from the search for words to servers: nothing below knows it, and each knows those before it alone. */
    @ArchTest
    static void whatIsMadeOfPipelinesIsKnownByNothingBelow(JavaClasses classes) {
        List<String> outer = Stream.of(
                        "search",
                        "words",
                        "templatesearch",
                        "multitask",
                        "comparison",
                        "serving",
                        "application",
                        "workbench")
                .map(folder -> "dev.cloze.runtime." + folder + "..")
                .toList();
        noClasses()
                .that(resideInAPackage("dev.cloze.runtime.*..")
                        .and(not(resideInAnyPackage(outer.toArray(String[]::new)))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(outer.toArray(String[]::new))
                .check(classes);
        requireEachKnowsThoseBeforeAlone(outer, classes);
    }

    /** Of the folders that read models: each knows those before it alone, and formats don't know one another. */
    @ArchTest
    static void aFolderOfCheckpointsKnowsThoseBeforeItAlone(JavaClasses classes) {
        List<String> folders = Stream.of(
                        ".file",
                        ".tensor",
                        ".safetensors",
                        ".torch",
                        ".npy",
                        "",
                        ".config",
                        ".folder",
                        ".hub",
                        ".resolution")
                .map(folder -> "dev.cloze.runtime.checkpoint" + folder)
                .toList();
        assertThat(classes.stream().map(JavaClass::getPackageName).filter(one -> one.contains(".checkpoint")))
                .isSubsetOf(folders);
        requireEachKnowsThoseBeforeAlone(folders, classes);
        slices().matching("dev.cloze.runtime.checkpoint.(safetensors|torch|npy)")
                .should()
                .notDependOnEachOther()
                .check(classes);
    }

    private static void requireEachKnowsThoseBeforeAlone(List<String> packages, JavaClasses classes) {
        for (int i = 0; i < packages.size() - 1; i++) {
            noClasses()
                    .that()
                    .resideInAPackage(packages.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages.subList(i + 1, packages.size()).toArray(String[]::new))
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule familiesDoNotKnowOneAnotherButRobertaWhichIsBert = slices().matching(
                    "dev.cloze.runtime.backbone.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAPackage("..backbone.roberta.."), resideInAPackage("..backbone.bert.."))
            .ignoreDependency(
                    alwaysTrue(),
                    resideInAnyPackage("..backbone.encoder..", "..backbone.decoder..", "..backbone.cache.."));

    /** Files.createDirectories refuses a link to a folder where Java is older than 17.0.14, or 18 or 19. */
    @ArchTest
    static final ArchRule foldersAreMadeByDiskFolders = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(DiskFolders.class.getName())
            .should()
            .callMethod(Files.class, "createDirectories", Path.class, FileAttribute[].class);

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util");

    @ArchTest
    static final ArchRule everyPackageSaysWhatItIsFor =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);
}
