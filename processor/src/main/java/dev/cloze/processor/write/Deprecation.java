package dev.cloze.processor.write;

import dev.cloze.processor.model.Accessor;
import dev.cloze.processor.model.TaskModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** What a pipeline names of a task that is deprecated: who uses the pipeline is told by the task itself. */
final class Deprecation {

    private Deprecation() {}

    /** Whether anything is: the task class, its labels, or how a component is read. */
    static boolean isIn(TaskModel task, Elements elements) {
        Stream<Element> members = task.placeholders().stream()
                .flatMap(placeholder -> placeholder.accessors().stream())
                .map(Accessor::member);
        Stream<Element> labels = task.verbalizer().stream()
                .flatMap(verbalizer -> Stream.concat(withOuter(verbalizer.type()), constants(verbalizer.type())));
        return Stream.of(withOuter(task.type()), labels, members)
                .flatMap(Function.identity())
                .anyMatch(elements::isDeprecated);
    }

    private static Stream<Element> withOuter(TypeElement type) {
        List<Element> types = new ArrayList<>();
        for (Element one = type; one instanceof TypeElement; one = one.getEnclosingElement()) {
            types.add(one);
        }
        return types.stream();
    }

    private static Stream<Element> constants(TypeElement type) {
        return type.getEnclosedElements().stream()
                .filter(one -> one.getKind() == ElementKind.ENUM_CONSTANT)
                .map(Element.class::cast);
    }
}
