package dev.cloze.quarkus.deployment;

import dev.cloze.quarkus.ClozeBuildConfig;
import dev.cloze.quarkus.ClozeRecorder;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.TaskCatalog.Bean;
import dev.cloze.runtime.spi.PipelineProvider;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem.ExtendedBeanConfigurator;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.deployment.builditem.ShutdownContextBuildItem;
import io.quarkus.deployment.metrics.MetricsCapabilityBuildItem;
import io.quarkus.deployment.metrics.MetricsFactoryConsumerBuildItem;
import io.quarkus.deployment.recording.RecorderContext;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.metrics.MetricsFactory;
import io.quarkus.smallrye.health.deployment.spi.HealthBuildItem;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Declares the beans, and what is told of them to who watches the application. */
class BeanProcessor {

    /** So that their beans can be proxies. */
    @BuildStep
    AdditionalIndexedClassesBuildItem interfaces() {
        return new AdditionalIndexedClassesBuildItem(Stream.of(
                        PromptPipeline.class,
                        RegressionPipeline.class,
                        ClozePipeline.class,
                        ExtractionPipeline.class,
                        TextPipeline.class)
                .map(Class::getName)
                .toArray(String[]::new));
    }

    /** Before the application serves, and until it has stopped to; nothing at all where pipelines are switched off. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void run(
            ClozeBuildConfig config,
            FoundTasksBuildItem found,
            TaskBeansBuildItem beans,
            PackagedArchivesBuildItem packaged,
            Optional<MetricsCapabilityBuildItem> metrics,
            Capabilities capabilities,
            ClozeRecorder recorder,
            RecorderContext context,
            ShutdownContextBuildItem shutdown,
            BuildProducer<RunningTasksBuildItem> running,
            BuildProducer<ServiceStartBuildItem> started) {
        if (!config.enabled()) {
            return;
        }
        List<RuntimeValue<PipelineProvider>> providers = found.tasks().stream()
                .map(task -> context.<PipelineProvider>newInstance(task.provider()))
                .toList();
        started.produce(new ServiceStartBuildItem("cloze"));
        running.produce(new RunningTasksBuildItem(recorder.tasks(
                providers,
                beans.defined(),
                packaged.archives(),
                isTimed(config, metrics),
                config.traces().enabled() && capabilities.isPresent(Capability.OPENTELEMETRY_TRACER),
                shutdown)));
    }

    private static boolean isTimed(ClozeBuildConfig config, Optional<MetricsCapabilityBuildItem> metrics) {
        return config.metrics().enabled()
                && metrics.filter(some -> some.metricsSupported(MetricsFactory.MICROMETER))
                        .isPresent();
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void declare(
            TaskBeansBuildItem beans,
            Optional<RunningTasksBuildItem> some,
            ClozeRecorder recorder,
            BuildProducer<SyntheticBeanBuildItem> synthetic) {
        some.ifPresent(running -> declare(beans, running, recorder, synthetic));
    }

    private static void declare(
            TaskBeansBuildItem beans,
            RunningTasksBuildItem running,
            ClozeRecorder recorder,
            BuildProducer<SyntheticBeanBuildItem> synthetic) {
        synthetic.produce(SyntheticBeanBuildItem.configure(ClozeTasks.class)
                .scope(Singleton.class)
                .runtimeValue(running.tasks())
                .setRuntimeInit()
                .unremovable()
                .done());
        for (Bean bean : beans.beans()) {
            ExtendedBeanConfigurator one = SyntheticBeanBuildItem.configure(
                            bean.declared().type())
                    .addType(BeanTypes.of(bean.declared()))
                    .scope(ApplicationScoped.class)
                    .addQualifier()
                    .annotation(Identifier.class)
                    .addValue("value", bean.name())
                    .done()
                    .createWith(recorder.pipeline(running.tasks(), bean.name()))
                    .setRuntimeInit();
            synthetic.produce(
                    bean.further()
                            ? one.done()
                            : one.addQualifier(Default.class).defaultBean().done());
        }
    }

    @BuildStep
    void health(ClozeBuildConfig config, FoundTasksBuildItem found, BuildProducer<HealthBuildItem> checks) {
        boolean enabled = config.health().enabled() && !found.tasks().isEmpty();
        checks.produce(new HealthBuildItem("dev.cloze.quarkus.ClozeReadiness", enabled));
        checks.produce(new HealthBuildItem("dev.cloze.quarkus.ClozeLiveness", enabled));
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void metrics(
            ClozeBuildConfig config,
            FoundTasksBuildItem found,
            Optional<RunningTasksBuildItem> some,
            ClozeRecorder recorder,
            BuildProducer<MetricsFactoryConsumerBuildItem> consumers) {
        if (config.metrics().enabled() && !found.tasks().isEmpty()) {
            some.ifPresent(running ->
                    consumers.produce(new MetricsFactoryConsumerBuildItem(recorder.queues(running.tasks()))));
        }
    }
}
