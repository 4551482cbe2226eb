package dev.cloze.spring.boot;

import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.ConfiguredTask;
import dev.cloze.runtime.application.JvmSettings;
import dev.cloze.runtime.application.TaskCatalog;
import dev.cloze.runtime.application.TaskNames;
import dev.cloze.runtime.spi.DeclaredPipeline;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registers a bean for the pipeline of each task, of its type with its type arguments, unless the application has one. */
final class PipelineRegistrar implements ImportBeanDefinitionRegistrar {

    static final String SETTINGS = "clozeJvmSettings";
    static final String TASKS = "clozeTasks";

    private final Environment environment;
    private final ListableBeanFactory beans;
    private final ClassLoader loader;

    PipelineRegistrar(Environment environment, BeanFactory beans, ClassLoader loader) {
        this.environment = environment;
        this.beans = (ListableBeanFactory) beans;
        this.loader = loader;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        ClozeProperties properties = Binder.get(environment).bindOrCreate("cloze", ClozeProperties.class);
        // Before any task's class is looked at: which model a task without one has is settled then.
        JvmSettings settings = properties.ofJvm();
        List<ConfiguredTask> tasks;
        try {
            tasks = TaskCatalog.found(loader).configured(properties.ofTasks(), this::isDefined);
        } catch (RuntimeException e) {
            settings.close();
            throw e;
        }
        registry.registerBeanDefinition(SETTINGS, own(JvmSettings.class, settings));
        // A bean that was never made is not closed, where another bean fails before.
        ((DefaultSingletonBeanRegistry) beans).registerDisposableBean(SETTINGS, settings::close);
        registry.registerBeanDefinition(TASKS, tasks(tasks, properties));
        tasks.forEach(task -> register(task, registry));
    }

    private boolean isDefined(DeclaredPipeline<?> declared) {
        return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type(declared), true, false).length > 0;
    }

    /** The type of a bean, with its type arguments. */
    private static ResolvableType type(DeclaredPipeline<?> declared) {
        return ResolvableType.forClassWithGenerics(
                declared.type(), declared.typeArguments().toArray(Class<?>[]::new));
    }

    private static RootBeanDefinition own(Class<JvmSettings> type, JvmSettings settings) {
        RootBeanDefinition definition = new RootBeanDefinition(type, () -> settings);
        definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
        return definition;
    }

    private RootBeanDefinition tasks(List<ConfiguredTask> tasks, ClozeProperties properties) {
        ObjectProvider<ObservationRegistry> registry = beans.getBeanProvider(ObservationRegistry.class);
        RootBeanDefinition definition = new RootBeanDefinition(
                ClozeTasks.class,
                () -> new ClozeTasks(
                        tasks,
                        properties.serving().settings(),
                        new Observations(() -> registry.getIfAvailable(() -> ObservationRegistry.NOOP))));
        definition.setDependsOn(SETTINGS);
        return definition;
    }

    private void register(ConfiguredTask task, BeanDefinitionRegistry registry) {
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(type(task.declared()));
        definition.setInstanceSupplier(() -> beans.getBean(ClozeTasks.class).bean(task.name()));
        definition.setDependsOn(TASKS);
        definition.setDestroyMethodName(
                ""); // the tasks are closed all together, once the application asks them no more
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, task.name()));
        definition.setDefaultCandidate(!task.further());
        definition.setResourceDescription("the task " + task.declared());
        String name = TaskNames.bean(task.name());
        registry.registerBeanDefinition(
                registry.containsBeanDefinition(name) ? TaskNames.full(task.declared()) + "Pipeline" : name,
                definition);
    }
}
