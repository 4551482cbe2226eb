package dev.cloze.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Read, check, write: each stage knows the model and none of the others. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.cloze.processor");

    @Test
    void theStagesDoNotKnowEachOther() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("wiring")
                .definedBy("dev.cloze.processor")
                .layer("read")
                .definedBy("..processor.read")
                .layer("validate")
                .definedBy("..processor.validate")
                .layer("write")
                .definedBy("..processor.write")
                .layer("vocabulary")
                .definedBy("..processor.vocabulary")
                .layer("model")
                .definedBy("..processor.model")
                .layer("report")
                .definedBy("..processor.report")
                .whereLayer("wiring")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("read")
                .mayOnlyBeAccessedByLayers("wiring")
                .whereLayer("validate")
                .mayOnlyBeAccessedByLayers("wiring")
                .whereLayer("write")
                .mayOnlyBeAccessedByLayers("wiring")
                .whereLayer("vocabulary")
                .mayOnlyBeAccessedByLayers("wiring", "validate", "write")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers("wiring", "read", "validate", "write", "vocabulary")
                .check(CLASSES);
    }

    @Test
    void theProcessorNeverDependsOnTheRuntime() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.cloze.runtime..")
                .check(CLASSES);
    }

    @Test
    void noCompilerInternalsAreUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.sun..", "jdk..")
                .check(CLASSES);
    }

    @Test
    void nothingIsPrinted() {
        noClasses()
                .should()
                .accessClassesThat()
                .belongToAnyOf(java.io.PrintStream.class)
                .check(CLASSES);
    }
}
