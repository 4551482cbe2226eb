package dev.cloze.cli.doctor;

import dev.cloze.runtime.spi.DefaultBackbone;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what Cloze finds on this machine, and which variable to set for whatever is wrong. */
@Command(
        name = "doctor",
        description = "Prints versions, libtorch, devices, caches and where models would come from, and for whatever is"
                + " wrong the variable to set. Downloads nothing.")
public final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--model", paramLabel = "NAME|DIR", description = "A model to look for; several are allowed.")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--json",
            description =
                    "Print nothing on standard output but {\"sections\", \"problems\", \"open\"}, when all is looked at.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the field
    DoctorCommand() {}

    @Override
    public Integer call() {
        if (System.getProperty("ai.djl.offline") == null) {
            System.setProperty("ai.djl.offline", "true");
        }
        Report report = new Report(spec.commandLine().getOut(), json);
        report.add(new VersionSection());
        report.add(new SettingSection());
        EngineSection engine = new EngineSection();
        report.add(engine);
        report.add(new DeviceSection(engine));
        report.add(new CacheSection());
        Set<String> names = new LinkedHashSet<>(List.of(DefaultBackbone.name()));
        names.addAll(models);
        names.forEach(name -> report.add(new ModelSection(name, engine)));
        report.close();
        return report.problems() == 0 ? 0 : 1;
    }
}
