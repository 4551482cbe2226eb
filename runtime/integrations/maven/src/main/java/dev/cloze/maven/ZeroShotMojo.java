package dev.cloze.maven;

import dev.cloze.build.Arguments;
import dev.cloze.build.Metric;
import dev.cloze.build.ZeroShotCheck;
import dev.cloze.problem.ClozeException;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Component;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/**
 * Measures a task class, without training, on a file of labelled texts, and fails the build below a bar.
 *
 * <p>It runs in a JVM of its own on the project's class path, since libtorch can be loaded once in a JVM.
 */
@Mojo(
        name = "zero-shot",
        defaultPhase = LifecyclePhase.VERIFY,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
public final class ZeroShotMojo extends AbstractMojo {

    /** The task class's full name; of this project or of one of its dependencies. */
    @Parameter(property = "cloze.task", required = true)
    private String task;

    /** The labelled texts: CSV, TSV or JSON lines, by the name's ending. */
    @Parameter(property = "cloze.file", required = true)
    private File file;

    /** The bar, 0 to 1. */
    @Parameter(property = "cloze.minimum", required = true)
    private double minimum;

    /**
     * What the bar is of: ACCURACY or MACRO_F1 of labels, PEARSON or SPEARMAN of numbers, PRECISION_AT_1 or MRR of ranked words.
     */
    @Parameter(property = "cloze.metric", defaultValue = "ACCURACY")
    private Metric metric;

    /** The column of the right labels, numbers or words. */
    @Parameter(defaultValue = "label")
    private String labelColumn;

    /** The columns of those placeholders that are not named as theirs: {@code <text>review</text>}. */
    @Parameter
    private Map<String, String> columns = new HashMap<>();

    /** What values of the column of labels mean, beside the labels' own names: {@code <pos>POSITIVE</pos>}. */
    @Parameter
    private Map<String, String> labels = new HashMap<>();

    /** Where the figures are written as JSON. */
    @Parameter
    private @Nullable File report;

    /** Whether the class path is that of tests, or else the one the program runs on. */
    @Parameter(defaultValue = "true")
    private boolean testClassPath;

    /** Further arguments of the JVM, such as {@code -Xmx4g} or {@code -Dcloze.device=cpu}. */
    @Parameter
    private List<String> jvmArguments = new ArrayList<>();

    /** Leaves this goal out; {@code cloze.skip} leaves out both. */
    @Parameter(property = "cloze.zeroShot.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(property = "cloze.skip", defaultValue = "false", readonly = true)
    private boolean skipAll;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Component
    private ToolchainManager toolchains;

    @SuppressWarnings("NullAway.Init") // Maven sets the fields
    public ZeroShotMojo() {}

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip || skipAll) {
            getLog().info("Left out.");
            return;
        }
        Path folder = Path.of(project.getBuild().getDirectory(), "cloze", task);
        try {
            ZeroShotCheck check = new ZeroShotCheck(task, file.toPath(), minimum, metric, labelColumn, columns, labels);
            List<String> arguments = new ArrayList<>(Arguments.of(check));
            arguments.add("report=" + (report == null ? folder.resolve("zero-shot.json") : report.toPath()));
            new ForkedCheck(java(), jvmArguments(), classPath(), folder).run(arguments, getLog());
        } catch (ClozeException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }

    private List<String> jvmArguments() {
        List<String> all = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED"));
        if (session.isOffline()) {
            all.add("-Dcloze.offline=true");
        }
        all.addAll(jvmArguments);
        return all;
    }

    private List<String> classPath() throws MojoExecutionException {
        try {
            return testClassPath ? project.getTestClasspathElements() : project.getRuntimeClasspathElements();
        } catch (DependencyResolutionRequiredException e) {
            throw new MojoExecutionException("Maven did not resolve the dependencies of " + project.getId(), e);
        }
    }

    /** The tool chain's, where the build has one; Maven's own otherwise. */
    private String java() {
        Toolchain chain = toolchains.getToolchainFromBuildContext("jdk", session);
        String found = chain == null ? null : chain.findTool("java");
        return found == null
                ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
                : found;
    }
}
