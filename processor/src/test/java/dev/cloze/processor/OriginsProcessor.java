package dev.cloze.processor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Stands between the compiler and a processor, as Gradle does, and records what each generated file comes from. */
final class OriginsProcessor extends AbstractProcessor {

    private final Processor guest;
    private final Map<String, List<String>> origins = new TreeMap<>();

    OriginsProcessor(Processor guest) {
        this.guest = guest;
    }

    Map<String, List<String>> origins() {
        return origins;
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        Filer filer = proxy(Filer.class, environment.getFiler(), null);
        guest.init(proxy(ProcessingEnvironment.class, environment, filer));
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return guest.process(annotations, round);
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return guest.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    private <T> T proxy(Class<T> type, T target, @org.jspecify.annotations.Nullable Filer filer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (filer != null && method.getName().equals("getFiler")) {
                        return filer;
                    }
                    if (method.getName().equals("createSourceFile")) {
                        Object[] elements = (Object[]) arguments[1];
                        origins.put(
                                arguments[0].toString(),
                                Arrays.stream(elements).map(Object::toString).toList());
                    }
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
