package dev.cloze.quarkus.deployment;

import dev.cloze.quarkus.PackagedArchive;
import io.quarkus.builder.item.SimpleBuildItem;
import java.util.List;

/** The saved pipelines among the application's resources, each of which has been checked. */
final class PackagedArchivesBuildItem extends SimpleBuildItem {

    private final List<PackagedArchive> archives;

    PackagedArchivesBuildItem(List<PackagedArchive> archives) {
        this.archives = List.copyOf(archives);
    }

    List<PackagedArchive> archives() {
        return archives;
    }
}
