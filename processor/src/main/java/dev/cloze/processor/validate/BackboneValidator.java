package dev.cloze.processor.validate;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.syntax.TemplatePart.Special;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.Written;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import dev.cloze.processor.vocabulary.Architecture;
import dev.cloze.processor.vocabulary.Backbone;
import dev.cloze.processor.vocabulary.BackboneFinder;
import dev.cloze.vocabulary.folder.KnownModels;
import dev.cloze.vocabulary.folder.ModelName;
import dev.cloze.vocabulary.folder.UserPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The backbone has a name a model can have, is of a type that can do what the task asks, and can read inputs of the length
 * chosen.
 */
public final class BackboneValidator implements Validator {

    /** The model types the runtime has backbones for. */
    public static final List<String> TYPES = Architecture.allModelTypes();

    /** What is known of our own models even where their jars are not on the processor path. */
    private static final Set<String> OWN_ENCODERS = Set.of(Tuning.DEFAULT_BACKBONE, Tuning.QUICK_BACKBONE);

    private static final Pattern NAME = Pattern.compile("[\\w.~:@+\\\\/-]+", Pattern.UNICODE_CHARACTER_CLASS);

    private final BackboneFinder finder;

    /** Checks with the models the finder finds. */
    public BackboneValidator(BackboneFinder finder) {
        this.finder = finder;
    }

    @Override
    public void check(TaskModel task, Report report) {
        Written<String> option = task.tuning().backbone();
        String name = option.value();
        if (!isName(option, report)) {
            return;
        }
        if (!task.method().map(MethodTraits::hasBackbone).orElse(true)) {
            return; // the name is for runs by other methods
        }
        BackboneFinder.Search search = finder.find(name);
        if (search.backbone().isPresent()) {
            checkModel(search.backbone().get(), task, report);
        } else if (search.unsupported().isPresent()) {
            report.error(
                    option.place(),
                    Message.BACKBONE_UNSUPPORTED,
                    name,
                    search.unsupported().get(),
                    String.join(", ", task.isText() ? Architecture.modelTypesThatWrite() : TYPES));
        } else if (search.unreadable().isPresent()) {
            report.warning(
                    option.place(),
                    Message.BACKBONE_UNREADABLE,
                    name,
                    unchecked(task),
                    search.unreadable().get());
        } else if (task.isText() && OWN_ENCODERS.contains(name)) {
            String what = (option.isWritten() ? "it is " : "the default model is ") + Architecture.ENCODER.described();
            writesNoText(name, what, task, report);
        } else {
            notFound(option, task, report);
        }
    }

    private void notFound(Written<String> option, TaskModel task, Report report) {
        String name = option.value();
        if (BackboneFinder.isPlace(name)) {
            report.warning(option.place(), Message.BACKBONE_NOT_IN_FOLDER, name, unchecked(task));
            return;
        }
        report.warning(
                option.place(),
                Message.BACKBONE_NOT_FOUND,
                name,
                unchecked(task),
                finder.lookedIn(),
                KnownModels.suggestion(name, finder.names()),
                KnownModels.artifact(name)
                        .map(artifact -> "Its tokenizer comes with " + artifact
                                + ", which belongs on the processor path, and on the class path at run time.")
                        .orElse(""),
                name);
    }

    private static boolean isName(Written<String> option, Report report) {
        String name = option.value();
        String repository = ModelName.repository(name);
        if (!NAME.matcher(name).matches() && !UserPath.isMeant(name)) {
            report.error(option.place(), Message.BACKBONE_NAME, name, Tuning.DEFAULT_BACKBONE);
        } else if (KnownModels.isOwn(name) && !name.equals(repository)) {
            report.error(option.place(), Message.BACKBONE_OWN_REVISION, repository, repository);
        } else if (ModelName.lacksRevision(name)) {
            String what =
                    name.endsWith("@") ? "lacks the revision behind its @" : "names no possible revision behind its @";
            report.error(option.place(), Message.BACKBONE_REVISION, name, what, repository);
        } else {
            return true;
        }
        return false;
    }

    /** What only the runtime can check when the model's files are not at hand. */
    private static String unchecked(TaskModel task) {
        boolean named = task.templates().stream()
                .anyMatch(template -> !template.all(Special.class).isEmpty());
        String special = named ? ", special tokens" : "";
        return task.isText()
                ? "the model's type" + special + " and lengths"
                : "the model's type" + special + ", label words, lengths and the place of {mask}";
    }

    /** What only the runtime can check when the tokenizer is there, but no configuration that tells the type. */
    private static void typeUnknown(Backbone backbone, TaskModel task, Report report) {
        report.warning(
                task.tuning().backbone().place(),
                Message.BACKBONE_TYPE_UNKNOWN,
                backbone.name(),
                task.isText() ? "its type and lengths" : "its type, lengths and the place of {mask}");
    }

    private static void checkType(Backbone backbone, String type, TaskModel task, Report report) {
        Optional<Architecture> architecture = backbone.architecture();
        if (task.isText() && architecture.isPresent() && !architecture.get().writesText()) {
            String what = "it is " + architecture.get().described() + " (type \"" + type + "\")";
            writesNoText(backbone.name(), what, task, report);
            return;
        }
        architecture.ifPresent(one -> task.method()
                .filter(row -> row.hasBackbone() && !row.serves(BackboneKind.valueOf(one.name())))
                .ifPresent(row -> report.error(
                        task.tuning().backbone().place(),
                        Message.BACKBONE_NOT_SERVED,
                        backbone.name(),
                        one.described(),
                        type,
                        row.method(),
                        task.kind().described(),
                        Architecture.modelTypes(row.backbones()))));
    }

    private static void checkRows(Backbone backbone, TaskModel task, Report report) {
        int ids = backbone.vocabulary().size();
        int rows = backbone.rows().orElse(ids);
        if (ids > rows) {
            report.error(
                    task.tuning().backbone().place(),
                    Message.TOKENIZER_TOO_LARGE,
                    backbone.name(),
                    ids,
                    rows,
                    ids - rows);
        }
    }

    private static void writesNoText(String name, String what, TaskModel task, Report report) {
        report.error(
                task.tuning().backbone().place(),
                Message.BACKBONE_WRITES_NO_TEXT,
                name,
                what,
                String.join(", ", Architecture.modelTypesThatWrite()));
    }

    private static void checkModel(Backbone backbone, TaskModel task, Report report) {
        checkRows(backbone, task, report);
        backbone.modelType()
                .ifPresentOrElse(
                        type -> checkType(backbone, type, task, report), () -> typeUnknown(backbone, task, report));
        Written<Integer> chosen = task.tuning().maxLength();
        boolean leavesOne = task.isText() && backbone.writesBehindInput();
        backbone.longestInput(chosen.value()).ifPresent(longest -> {
            int most = leavesOne ? longest - 1 : longest;
            if (chosen.value() > most) {
                report.error(
                        chosen.place(),
                        Message.OPTION_OUT_OF_RANGE,
                        chosen.name(),
                        chosen.value(),
                        "8 to " + most + ", which is all that \"" + backbone.name() + "\" can read"
                                + (leavesOne ? " with a position left to write at" : ""));
            }
        });
    }
}
