package dev.cloze.quarkus.deployment;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.quarkus.ClozeBuildConfig;
import dev.cloze.quarkus.Settings;
import dev.cloze.quarkus.deployment.FoundTasksBuildItem.Found;
import dev.cloze.runtime.application.TaskCatalog;
import dev.cloze.runtime.application.TaskFailure;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.pkg.NativeConfig;
import io.quarkus.deployment.util.ServiceUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the tasks and decides which pipelines become beans. */
class TaskProcessor {

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem("cloze");
    }

    /** Nothing is looked for but what the compiler has listed. */
    @BuildStep
    FoundTasksBuildItem find(ClozeBuildConfig config, NativeConfig image) {
        if (!config.enabled()) {
            return new FoundTasksBuildItem(List.of());
        }
        List<Found> found = new ArrayList<>();
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            String services = "META-INF/services/" + PipelineProvider.class.getName();
            for (String name : new TreeSet<>(ServiceUtil.classNamesNamedIn(loader, services))) {
                found.add(new Found(name, declared(loader, name)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the list of tasks cannot be read", e);
        }
        if (!found.isEmpty() && image.enabled()) {
            throw noImage();
        }
        return new FoundTasksBuildItem(found);
    }

    private static DeclaredPipeline<?> declared(ClassLoader loader, String provider) {
        try {
            return loader.loadClass(provider)
                    .asSubclass(PipelineProvider.class)
                    .getConstructor()
                    .newInstance()
                    .pipeline();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw TaskFailure.of(
                    Problem.CONFIG_TASK_UNKNOWN,
                    "A task that was compiled is not there any more: " + e,
                    "Compile the module from scratch, with a build that starts with clean.");
        }
    }

    private static ClozeException noImage() {
        return new ClozeException(
                Problem.NATIVE_IMAGE,
                "An application with pipelines of Cloze cannot be made a native image.\n"
                        + "  Its models are run by libtorch through JNI and JNA, whose classes are looked up by name while"
                        + " it runs.\n"
                        + "  Run it on a JVM without quarkus.native.enabled, or switch the pipelines off with"
                        + " quarkus.cloze.enabled=false.");
    }

    @BuildStep
    TaskBeansBuildItem choose(
            ClozeBuildConfig config, FoundTasksBuildItem found, BeanDiscoveryFinishedBuildItem application) {
        if (!config.enabled()) {
            return new TaskBeansBuildItem(List.of(), Set.of());
        }
        Set<String> defined = new HashSet<>();
        List<TaskCatalog.Bean> beans = new TaskCatalog(found.declared()).beans(Settings.of(config), task -> {
            boolean own = application.beanStream().stream()
                    .anyMatch(bean -> bean.getTypes().contains(BeanTypes.of(task)));
            if (own) {
                defined.add(task.taskClass().getName());
            }
            return own;
        });
        return new TaskBeansBuildItem(beans, defined);
    }
}
