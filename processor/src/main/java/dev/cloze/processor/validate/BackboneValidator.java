package dev.cloze.processor.validate;

import dev.cloze.annotations.Tuning;
import dev.cloze.problem.NearestName;
import dev.cloze.processor.model.Option;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import dev.cloze.processor.vocabulary.Backbone;
import dev.cloze.processor.vocabulary.BackboneFinder;
import java.util.List;
import java.util.regex.Pattern;

/** The backbone has a name a model can have, is of a type that fills masks, and can read inputs of the length chosen. */
public final class BackboneValidator implements Validator {

    /** The model types the runtime has backbones for. */
    public static final List<String> TYPES =
            List.of("bert", "roberta", "xlm-roberta", "camembert", "albert", "distilbert");

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
                    search.unreadable().get());
        } else {
            report.warning(
                    option.place(),
                    Message.BACKBONE_NOT_FOUND,
                    name,
                    finder.lookedIn(),
                    NearestName.suggestion(name, finder.names()),
                    name);
        }
    }

    private static void checkModel(Backbone backbone, TaskModel task, Report report) {
        backbone.modelType()
                .filter(type -> !TYPES.contains(type))
                .ifPresent(type -> report.error(
                        task.tuning().backbone().place(),
                        Message.BACKBONE_UNSUPPORTED,
                        backbone.name(),
                        type,
                        String.join(", ", TYPES)));
        Option<Integer> chosen = task.tuning().maxLength();
        backbone.longestInput().ifPresent(longest -> {
            if (chosen.value() > longest) {
                report.error(
                        chosen.place(),
                        Message.OPTION_OUT_OF_RANGE,
                        chosen.name(),
                        chosen.value(),
                        "8 to " + longest + ", which is all that \"" + backbone.name() + "\" can read");
            }
        });
    }
}
