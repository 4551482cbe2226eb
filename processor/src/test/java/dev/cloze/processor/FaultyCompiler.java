package dev.cloze.processor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import javax.annotation.processing.Completion;
import javax.annotation.processing.Filer;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** The processor in a compiler that fails now and then: in its elements, its filer or its messager. */
final class FaultyCompiler implements Processor {

    /** Sees every call of the compiler's services before it is made, and may throw instead. */
    interface Fault {
        void before(String method, Object[] arguments) throws Exception;
    }

    private final Processor processor = new PromptProcessor();
    private final Fault fault;

    FaultyCompiler(Fault fault) {
        this.fault = fault;
    }

    @Override
    public void init(ProcessingEnvironment environment) {
        Elements elements = faulty(Elements.class, environment.getElementUtils());
        Filer filer = faulty(Filer.class, environment.getFiler());
        Messager messager = faulty(Messager.class, environment.getMessager());
        processor.init(proxy(ProcessingEnvironment.class, (method, arguments) -> switch (method.getName()) {
            case "getElementUtils" -> elements;
            case "getFiler" -> filer;
            case "getMessager" -> messager;
            default -> method.invoke(environment, arguments);
        }));
    }

    private <T> T faulty(Class<T> type, T service) {
        return proxy(type, (method, arguments) -> {
            fault.before(method.getName(), arguments);
            return method.invoke(service, arguments);
        });
    }

    private interface Calls {
        @Nullable
        Object answer(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            try {
                return calls.answer(method, given == null ? new Object[0] : given);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }));
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return processor.process(annotations, round);
    }

    @Override
    public Set<String> getSupportedOptions() {
        return processor.getSupportedOptions();
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return processor.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return processor.getSupportedSourceVersion();
    }

    @Override
    public Iterable<? extends Completion> getCompletions(
            @Nullable Element element,
            @Nullable AnnotationMirror annotation,
            @Nullable ExecutableElement member,
            @Nullable String text) {
        return processor.getCompletions(element, annotation, member, text);
    }
}
