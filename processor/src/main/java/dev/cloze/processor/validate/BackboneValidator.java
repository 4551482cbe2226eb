package dev.cloze.processor.validate;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.syntax.TemplatePart.Special;
import dev.cloze.problem.NearestName;
import dev.cloze.processor.model.Option;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import dev.cloze.processor.vocabulary.Architecture;
import dev.cloze.processor.vocabulary.Backbone;
import dev.cloze.processor.vocabulary.BackboneFinder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The backbone has a name a model can have, is of a type that can do what the task asks, and can read inputs of the length
 * chosen.
 */
public final class BackboneValidator implements Validator {

    /** The model types the runtime has backbones for. */
    public static final List<String> TYPES = Architecture.allModelTypes();

    private static final Pattern NAME = Pattern.compile("[\\w.~:\\\\/-]+", Pattern.UNICODE_CHARACTER_CLASS);

    private final BackboneFinder finder;

    /** Checks with the models the finder finds. */
    public BackboneValidator(BackboneFinder finder) {
        this.finder = finder;
    }

    @Override
    public void check(TaskModel task, Report report) {
        Option<String> option = task.tuning().backbone();
        String name = option.value();
        if (!NAME.matcher(name).matches()) {
            report.error(option.place(), Message.BACKBONE_NAME, name, Tuning.DEFAULT_BACKBONE);
            return;
        }
        BackboneFinder.Search search = finder.find(name);
        if (search.backbone().isPresent()) {
            checkModel(search.backbone().get(), task, report);
        } else if (search.unreadable().isPresent()) {
            report.warning(
                    option.place(),
                    Message.BACKBONE_UNREADABLE,
                    name,
                    unchecked(task),
                    search.unreadable().get());
        } else if (task.isText() && name.equals(Tuning.DEFAULT_BACKBONE)) {
            writesNoText(name, "the default model is " + Architecture.ENCODER.described(), task, report);
        } else {
            report.warning(
                    option.place(),
                    Message.BACKBONE_NOT_FOUND,
                    name,
                    unchecked(task),
                    finder.lookedIn(),
                    NearestName.suggestion(name, finder.names()),
                    name);
        }
    }

    /** What only the runtime can check when the model's files are not at hand. */
    private static String unchecked(TaskModel task) {
        String special = task.template().all(Special.class).isEmpty() ? "" : ", special tokens";
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
        if (architecture.isEmpty()) {
            report.error(
                    task.tuning().backbone().place(),
                    Message.BACKBONE_UNSUPPORTED,
                    backbone.name(),
                    type,
                    String.join(", ", task.isText() ? Architecture.modelTypesThatWrite() : TYPES));
        } else if (task.isText() && !architecture.get().writesText()) {
            String what = "it is " + architecture.get().described() + " (type \"" + type + "\")";
            writesNoText(backbone.name(), what, task, report);
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
        backbone.modelType()
                .ifPresentOrElse(
                        type -> checkType(backbone, type, task, report), () -> typeUnknown(backbone, task, report));
        Option<Integer> chosen = task.tuning().maxLength();
        boolean leavesOne = task.isText() && backbone.writesBehindInput();
        backbone.longestInput().ifPresent(longest -> {
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
