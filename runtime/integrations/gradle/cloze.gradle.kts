/*
 * Tasks of Gradle for projects with Cloze: copy this file into the project and write apply(from = "cloze.gradle.kts") behind the plugins
 * block. It has NOT been run: the build of Cloze has no Gradle. What its tasks start is tested, dev.cloze.build.ModelsMain and ZeroShotMain.
 *
 *   clozeModels     brings the tokenizers of `clozeBackbones` into build/cloze-models, and the compiler finds them there
 *   clozeZeroShot   measures the task class `clozeTask` on `clozeFile`, and fails below `clozeMinimum`; part of `check`
 *
 * in gradle.properties:
 *
 *   clozeVersion=0.1.0-SNAPSHOT
 *   clozeBackbones=bert-base-uncased,roberta-base
 *   clozeTask=com.acme.Review
 *   clozeFile=src/test/data/reviews.csv
 *   clozeMinimum=0.8
 */

fun setting(name: String): Provider<String> = providers.gradleProperty(name)

val clozeTool = configurations.create("clozeTool") {
    isCanBeConsumed = false
    isCanBeResolved = true
}
dependencies.add("clozeTool", setting("clozeVersion").map { "dev.cloze:cloze-build:$it" })

val offline = gradle.startParameter.isOffline
val models = layout.buildDirectory.dir("cloze-models")

val clozeModels = tasks.register<JavaExec>("clozeModels") {
    group = "cloze"
    description = "Brings what the compiler reads of models: their configuration and tokenizer."
    val backbones = setting("clozeBackbones").orElse("")
    onlyIf("clozeBackbones names models") { backbones.get().isNotBlank() }
    inputs.property("backbones", backbones)
    outputs.dir(models)
    classpath = clozeTool
    mainClass.set("dev.cloze.build.ModelsMain")
    argumentProviders.add(CommandLineArgumentProvider {
        listOf("folder=" + models.get().asFile, "backbones=" + backbones.get()) +
            if (offline) listOf("offline=gradle --offline") else listOf()
    })
}

/** The folder of models as an input of the compiler: by what is in it, not by where it lies, so that build caches serve other machines. */
class CompilerModels(
    @get:InputFiles
    @get:PathSensitive(PathSensitivity.RELATIVE)
    val folder: Provider<Directory>
) : CommandLineArgumentProvider {
    override fun asArguments(): Iterable<String> = listOf("-Acloze.models=" + folder.get().asFile)
}

tasks.withType<JavaCompile>().configureEach {
    dependsOn(clozeModels)
    options.compilerArgumentProviders.add(CompilerModels(models))
}

val clozeZeroShot = tasks.register<JavaExec>("clozeZeroShot") {
    group = "verification"
    description = "Measures a task without training on a file of labelled texts, and fails below a bar."
    val task = setting("clozeTask").orElse("")
    val file = setting("clozeFile").orElse("")
    val minimum = setting("clozeMinimum").orElse("")
    val report = layout.buildDirectory.file("reports/cloze/zero-shot.json")
    onlyIf("clozeTask names a class") { task.get().isNotBlank() }
    inputs.property("task", task)
    inputs.property("minimum", minimum)
    inputs.files(file.map { if (it.isBlank()) files() else files(it) })
    outputs.file(report)
    // A JVM of its own, in which libtorch is loaded once; the project's libraries come first, so that their versions hold.
    classpath = project.extensions.getByType(SourceSetContainer::class.java).getByName("test").runtimeClasspath + clozeTool
    mainClass.set("dev.cloze.build.ZeroShotMain")
    jvmArgs("--enable-native-access=ALL-UNNAMED")
    if (offline) {
        systemProperty("cloze.offline", "true")
    }
    argumentProviders.add(CommandLineArgumentProvider {
        listOf(
            "task=" + task.get(),
            "file=" + layout.projectDirectory.file(file.get()).asFile,
            "minimum=" + minimum.get(),
            "report=" + report.get().asFile
        )
    })
}

tasks.named("check") { dependsOn(clozeZeroShot) }
