package dev.cloze.benchmarks;

import dev.cloze.runtime.engine.Libtorch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs Cloze and Hugging Face transformers in turns on the same weights, inputs and threads, checks that they compute the
 * same, and prints what each took as tables of Markdown.
 */
public final class SideBySide {

    private SideBySide() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Settings settings = Settings.parse(arguments);
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(settings.threads()));
        Files.createDirectories(settings.work());
        PrintStream out = System.out;
        List<Shape> shapes = shapes(settings);
        try (Peer peer = Peer.start(settings)) {
            out.printf(
                    "%s, %d cores, %d threads each. Cloze on Java %s, libtorch %s; transformers on %s.%n",
                    LocalDate.now(),
                    Runtime.getRuntime().availableProcessors(),
                    settings.threads(),
                    Runtime.version().feature(),
                    Libtorch.VERSION,
                    peer.versions());
            for (Shape shape : shapes) {
                if (settings.includes("classification")) {
                    new Classification(settings, peer, out).run(shape);
                }
                if (settings.includes("training")) {
                    new TrainingStep(settings, peer, out).run(shape);
                }
                if (settings.includes("load")) {
                    new LoadSection(settings, peer, out).run(shape);
                }
                if (settings.includes("pet")) {
                    new PetLoops(settings, peer, out).run(shape);
                }
                if (settings.includes("lm-bff")) {
                    new LmBffLoops(settings, peer, out).run(shape);
                }
                if (settings.includes("setfit")) {
                    new SetFitLoops(settings, peer, out).run(shape);
                }
                if (settings.includes("soft")) {
                    new SoftSteps(settings, peer, out).masked(shape);
                }
            }
            for (Shape shape : decoders(settings)) {
                if (settings.includes("generation")) {
                    new Generation(settings, peer, out).run(shape);
                }
                if (settings.includes("text-training")) {
                    new TextTrainingStep(settings, peer, out).run(shape);
                }
                if (settings.includes("soft")) {
                    new SoftSteps(settings, peer, out).pairs(shape);
                    if (settings.soft().contains("writing")) {
                        new Generation(settings, peer, out).prefixed(shape);
                    }
                }
            }
            if (settings.includes("smollm2")) {
                new SmolLm2(settings, peer, out).run();
            }
            if (settings.includes("llama-cpp")) {
                new SmolLm2(settings, peer, out).llama();
            }
            if (settings.includes("soft") && settings.shapes().contains("smollm2")) {
                new SmolLm2(settings, peer, out).soft();
            }
        }
        if (settings.includes("start")) {
            new Start(settings, out).run(Shape.small().withTexts(settings.texts()));
        }
        if (settings.includes("onnx")) {
            new OnnxSection(settings, out).run();
        }
        for (Shape shape : encoders(settings)) {
            if (settings.includes("waiting")) {
                new WaitingSection(settings, out).run(shape);
            }
            if (settings.includes("lengths")) {
                Lengths.run(settings, shape, out);
            }
        }
        if (settings.includes("engine")) {
            new ManyTasks(settings, out).run();
        }
        if (settings.includes("memory")) {
            ResidentMemory.run(settings, out);
        }
    }

    private static List<Shape> shapes(Settings settings) throws IOException, InterruptedException {
        List<Shape> shapes = new ArrayList<>();
        if (Stream.of("classification", "training", "load", "pet", "lm-bff", "setfit", "soft")
                .noneMatch(settings::includes)) {
            return shapes;
        }
        if (settings.shapes().contains("small")) {
            shapes.add(Shape.small());
        }
        if (settings.shapes().contains("default")) {
            shapes.add(Shape.ofDefault().withTexts(settings.texts()));
        }
        if (settings.shapes().contains("base")) {
            shapes.add(Shape.base(settings).withTexts(settings.texts()));
        }
        return shapes;
    }

    private static List<Shape> encoders(Settings settings) throws IOException, InterruptedException {
        List<Shape> shapes = new ArrayList<>();
        if (Stream.of("waiting", "lengths").noneMatch(settings::includes)) {
            return shapes;
        }
        if (settings.shapes().contains("small")) {
            shapes.add(Shape.smallEncoder(settings));
        }
        if (settings.shapes().contains("base")) {
            shapes.add(Shape.base(settings));
        }
        return shapes;
    }

    private static List<Shape> decoders(Settings settings) throws IOException, InterruptedException {
        List<Shape> shapes = new ArrayList<>();
        if (Stream.of("generation", "text-training", "soft").noneMatch(settings::includes)) {
            return shapes;
        }
        if (settings.shapes().contains("small")) {
            shapes.add(Shape.smallDecoder(settings));
        }
        if (settings.shapes().contains("base")) {
            shapes.add(Shape.baseDecoder(settings));
        }
        return shapes;
    }
}
