package dev.cloze.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a repository wants of each module, and the BOM of all. */
class PublishedModulesTest {

    /** What is for this build alone, or a parent. */
    private static final Set<String> OWN = Set.of(
            "cloze-bom",
            "cloze-benchmarks",
            "cloze-docs",
            "cloze-consumers",
            "cloze-spring-boot-parent",
            "cloze-quarkus-parent",
            "cloze-quarkus-integration-tests");

    private static List<Pom> published() {
        Reactor here = Reactor.here();
        return here.modules().stream()
                .filter(pom -> !here.root().relativize(pom.file()).startsWith("examples"))
                .filter(pom -> !OWN.contains(pom.artifact()))
                .toList();
    }

    @Test
    void theBomHasEveryModule() {
        Pom bom = Reactor.here().modules().stream()
                .filter(pom -> pom.artifact().equals("cloze-bom"))
                .findFirst()
                .orElseThrow();
        List<String> managed = bom.all("/project/dependencyManagement/dependencies/dependency/artifactId");
        assertThat(managed).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(managed))
                .isEqualTo(published().stream().map(Pom::artifact).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyModuleSaysWhatItIs() {
        for (Pom pom : published()) {
            assertThat(pom.all("/project/name")).as(pom.file().toString()).hasSize(1);
            assertThat(pom.all("/project/description").get(0))
                    .as(pom.file().toString())
                    .endsWith(".");
        }
        Pom parent = Reactor.here().parent();
        assertThat(parent.all("/project/licenses/license/name")).containsExactly("Apache-2.0");
        assertThat(parent.all("/project/properties/project.build.outputTimestamp"))
                .hasSize(1);
    }

    /** What Maven Central asks for beside that; modules inherit it as it is, without their names behind the addresses. */
    @Test
    void theParentSaysWhereItComesFromAndWhose() {
        Pom parent = Reactor.here().parent();
        for (String path : List.of(
                "/project/url",
                "/project/developers/developer/name",
                "/project/scm/connection",
                "/project/scm/developerConnection",
                "/project/scm/url")) {
            assertThat(parent.all(path)).as(path).singleElement().asString().isNotBlank();
        }
        assertThat(parent.all("/project/@child.project.url.inherit.append.path"))
                .containsExactly("false");
        assertThat(parent.all("/project/scm/@*")).hasSize(3).containsOnly("false");
        for (Pom pom : Reactor.here().modules()) {
            assertThat(pom.all("/project/url | /project/scm | /project/developers"))
                    .as(pom.file().toString())
                    .isEmpty();
        }
    }

    @Test
    void whatIsForThisBuildAloneIsNotPublished() {
        for (Pom pom : Reactor.here().modules()) {
            boolean own = !published().stream().map(Pom::file).toList().contains(pom.file())
                    && !pom.packaging().equals("pom"); // parents and the BOM are published with what needs them
            assertThat(pom.all("/project/properties/maven.deploy.skip"))
                    .as(pom.file().toString())
                    .isEqualTo(own ? List.of("true") : List.of());
        }
    }

    /** Sources, Javadoc and a bill of materials beside each jar, and jars that are equal where their sources are. */
    @Test
    void aReleaseHasAllThatBelongsToAJar() {
        assertThat(
                        Reactor.here()
                                .parent()
                                .all(
                                        "/project/profiles/profile[id='release']/build/plugins/plugin/executions/execution/goals/goal"))
                .containsExactlyInAnyOrder("jar-no-fork", "jar", "jar", "makeBom");
        for (Pom pom : published()) {
            boolean empty = !pom.packaging().equals("pom")
                    && !Files.isDirectory(pom.file().resolveSibling("src/main/java"));
            assertThat(pom.all("/project/properties/without.classes.phase"))
                    .as(pom.file().toString())
                    .isEqualTo(empty ? List.of("package") : List.of());
        }
    }
}
