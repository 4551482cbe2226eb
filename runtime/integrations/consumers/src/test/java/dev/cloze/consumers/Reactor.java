package dev.cloze.consumers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The modules of this repository. */
record Reactor(Path root, Pom parent) {

    static Reactor here() {
        Path root = Path.of("../../..").toAbsolutePath().normalize();
        return new Reactor(root, Pom.of(root.resolve("pom.xml")));
    }

    /** All modules, without the parent. */
    List<Pom> modules() {
        return parent.all("/project/modules/module").stream()
                .map(module -> Pom.of(root.resolve(module).resolve("pom.xml")))
                .toList();
    }

    /**
     * Puts what is packaged into a repository, as {@code mvn install} does.
     *
     * @return the artifacts whose jars are there
     */
    List<String> installInto(Path repository) throws IOException {
        List<String> jars = new ArrayList<>();
        install(parent, repository);
        for (Pom module : modules()) {
            Path target = install(module, repository);
            String name = module.artifact() + "-" + module.version() + ".jar";
            Path jar = module.file().resolveSibling("target").resolve(name);
            if (Files.exists(jar)) {
                Files.copy(jar, target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                jars.add(module.artifact());
            }
        }
        return jars;
    }

    private static Path install(Pom pom, Path repository) throws IOException {
        Path target = Files.createDirectories(
                repository.resolve("dev/cloze").resolve(pom.artifact()).resolve(pom.version()));
        Path copy = target.resolve(pom.artifact() + "-" + pom.version() + ".pom");
        Files.copy(pom.file(), copy, StandardCopyOption.REPLACE_EXISTING);
        return target;
    }
}
