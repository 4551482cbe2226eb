package dev.cloze.maven;

import dev.cloze.build.CompilerModels;
import dev.cloze.problem.ClozeException;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Component;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Brings the tokenizers of the models that tasks name, so that the compiler can check words and lengths against them: it sets the
 * property {@code cloze.models}, for {@code <arg>-Acloze.models=${cloze.models}</arg>} of the compiler.
 *
 * <p>What is on this machine already is not downloaded again, and nothing is with {@code mvn --offline}. The active proxy of Maven's
 * settings is asked, where there is one. Weights are left out.
 */
@Mojo(name = "models", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class ModelsMojo extends AbstractMojo {

    private static final String PROPERTY = "cloze.models";

    /** Models, as {@code @Tuning(backbone)} names them. */
    @Parameter(property = "cloze.backbones", required = true)
    private List<String> backbones = new ArrayList<>();

    /** Where a folder of each model's name is laid out. */
    @Parameter(defaultValue = "${project.build.directory}/cloze-models", required = true)
    private File folder;

    /** Whether the weights are to be in the hub's cache afterwards too, for tests and {@code cloze:zero-shot}. */
    @Parameter(property = "cloze.weights", defaultValue = "false")
    private boolean weights;

    /** Leaves this goal out; {@code cloze.skip} leaves out both. */
    @Parameter(property = "cloze.models.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(property = "cloze.skip", defaultValue = "false", readonly = true)
    private boolean skipAll;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Component
    private SettingsDecrypter decrypter;

    @SuppressWarnings("NullAway.Init") // Maven sets the fields
    public ModelsMojo() {}

    @Override
    public void execute() throws MojoExecutionException {
        if (skip || skipAll) {
            getLog().info("Left out, and " + PROPERTY + " is not set.");
            return;
        }
        try {
            String offline = session.isOffline() ? "mvn --offline" : "";
            new CompilerModels(folder.toPath(), backbones, weights)
                    .layOut(offline, new SettingsProxy(decrypter).of(session.getSettings()))
                    .forEach(model -> getLog().info("The compiler finds " + model));
        } catch (ClozeException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
        name(project.getProperties());
    }

    /** Beside the folders that the project has named already. */
    private void name(Properties properties) {
        String path = folder.getAbsolutePath();
        String before = properties.getProperty(PROPERTY, "");
        if (!List.of(before.split(",")).contains(path)) {
            properties.setProperty(PROPERTY, before.isBlank() ? path : before + "," + path);
        }
    }
}
