package dev.cloze.processor.validate;

import com.google.auto.common.MoreElements;
import com.google.auto.common.Visibility;
import com.palantir.javapoet.ClassName;
import dev.cloze.processor.model.Names;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Place;
import dev.cloze.processor.report.Report;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** The task class has instances of its own, has no type parameters, and can be seen, as can its label enum. */
public final class TaskClassValidator implements Validator {

    /** Names of what is generated that packages may have too. */
    private static final Set<String> FIELDS = Set.of("TASK", "task", "words", "input", "Provider");

    @Override
    public boolean asksForKind() {
        return false;
    }

    @Override
    public void check(TaskModel task, Report report) {
        shapeInTheWay(task.type())
                .ifPresent(shape -> report.error(task.place(), Message.NOT_CONCRETE, task.name(), shape));
        if (isGeneric(task.type())) {
            report.error(task.place(), Message.GENERIC, task.name(), task.name());
        }
        checkVisible(task.type(), task, task.place(), report);
        task.verbalizer().ifPresent(labels -> {
            checkVisible(labels.type(), task, labels.place(), report);
            checkSpeakable(labels.type(), task, labels.place(), report);
        });
    }

    /** Two types of one name are told apart by their packages, which a field of the generated class hides where it has its name. */
    private static void checkSpeakable(TypeElement labels, TaskModel task, Place place, Report report) {
        ClassName enumName = ClassName.get(labels);
        ClassName taskName = ClassName.get(task.type());
        String root = enumName.packageName().replaceFirst("\\..*", "");
        boolean alike =
                enumName.simpleNames().get(0).equals(taskName.simpleNames().get(0))
                        && !enumName.packageName().equals(taskName.packageName());
        if (alike && FIELDS.contains(root)) {
            report.error(place, Message.NAME_HIDDEN, enumName.canonicalName(), task.name(), root);
        }
    }

    private static Optional<String> shapeInTheWay(TypeElement type) {
        return switch (type.getKind()) {
            case INTERFACE -> Optional.of("an interface");
            case ANNOTATION_TYPE -> Optional.of("an annotation");
            case ENUM -> Optional.of("an enum");
            default ->
                type.getModifiers().contains(Modifier.ABSTRACT) ? Optional.of("an abstract class") : Optional.empty();
        };
    }

    /** Its own type parameters, or those of a class it is an inner one of. */
    private static boolean isGeneric(TypeElement type) {
        return !type.getTypeParameters().isEmpty()
                || (!type.getModifiers().contains(Modifier.STATIC)
                        && type.getEnclosingElement() instanceof TypeElement outer
                        && isGeneric(outer));
    }

    private static void checkVisible(TypeElement type, TaskModel task, Place place, Report report) {
        for (Element at = type; at instanceof TypeElement; at = at.getEnclosingElement()) {
            Visibility visibility = Visibility.ofElement(at);
            boolean samePackage = MoreElements.getPackage(at).equals(MoreElements.getPackage(task.type()));
            if (visibility == Visibility.PRIVATE || (visibility != Visibility.PUBLIC && !samePackage)) {
                report.error(
                        place,
                        Message.PRIVATE,
                        Names.of(type),
                        obstacle(type, at, visibility),
                        Names.pipelineOf(task.type()).simpleName(),
                        at == type ? "" : ", and " + at.getSimpleName() + " too");
                return;
            }
        }
    }

    private static String obstacle(TypeElement type, Element at, Visibility visibility) {
        String how = visibility == Visibility.PRIVATE ? "private" : "not public, and in another package";
        return at == type ? how : "inside " + at.getSimpleName() + ", which is " + how;
    }
}
