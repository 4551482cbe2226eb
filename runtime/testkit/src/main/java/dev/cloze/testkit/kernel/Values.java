package dev.cloze.testkit.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Random;

/** The content of one tensor that goes into a kernel. */
public sealed interface Values {

    /** The length of each axis. */
    long[] shape();

    /** The tensor. */
    NDArray array(NDManager memory);

    /** Float32 numbers, which go to a tensor file. */
    record Floats(float[] numbers, long... shape) implements Values {

        /** None: what stands for an argument that is left out. */
        public static Floats none() {
            return new Floats(new float[0], 0);
        }

        /** Normally distributed numbers. */
        public static Floats random(Random random, double mean, double deviation, long... shape) {
            int size = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
            float[] numbers = new float[size];
            for (int i = 0; i < size; i++) {
                numbers[i] = (float) (mean + deviation * random.nextGaussian());
            }
            return new Floats(numbers, shape);
        }

        /** The like in steps of half a deviation: such files pack to a fifth, and a kernel sees no difference. */
        public static Floats coarse(Random random, double mean, double deviation, long... shape) {
            Floats fine = random(random, 0, 2, shape);
            for (int i = 0; i < fine.numbers.length; i++) {
                fine.numbers[i] = (float) (mean + deviation / 2 * Math.rint(fine.numbers[i]));
            }
            return fine;
        }

        /** That number everywhere. */
        public static Floats filled(float number, long... shape) {
            int size = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
            float[] numbers = new float[size];
            Arrays.fill(numbers, number);
            return new Floats(numbers, shape);
        }

        @Override
        public NDArray array(NDManager memory) {
            return memory.create(numbers, new Shape(shape));
        }
    }

    /** A few numbers of another type, which go to the json. */
    record Numbers(Type type, double[] numbers, long... shape) implements Values {

        /** Their type, as PyTorch calls it in lower case. */
        public enum Type {
            INT64,
            BOOL,
            /** A kernel's control vector, which stays on the CPU. */
            FLOAT64
        }

        /** Whole numbers. */
        public static Numbers integers(int[] numbers, long... shape) {
            return new Numbers(
                    Type.INT64, Arrays.stream(numbers).asDoubleStream().toArray(), shape);
        }

        /** No whole numbers: what stands for an argument that is left out. */
        public static Numbers none() {
            return integers(new int[0], 0);
        }

        /** Random token ids. */
        public static Numbers ids(Random random, int vocabulary, long... shape) {
            int count = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
            return integers(random.ints(count, 5, vocabulary).toArray(), shape);
        }

        /** Truth values, true where 1. */
        public static Numbers flags(int[] numbers, long... shape) {
            return new Numbers(
                    Type.BOOL, Arrays.stream(numbers).asDoubleStream().toArray(), shape);
        }

        /** A control vector. */
        public static Numbers control(double... numbers) {
            return new Numbers(Type.FLOAT64, numbers, numbers.length);
        }

        @Override
        public NDArray array(NDManager memory) {
            Shape to = new Shape(shape);
            return switch (type) {
                case INT64 ->
                    memory.create(
                            Arrays.stream(numbers).mapToLong(n -> (long) n).toArray(), to);
                case BOOL -> memory.create(flags(), to);
                case FLOAT64 -> memory.create(numbers, to);
            };
        }

        private boolean[] flags() {
            boolean[] flags = new boolean[numbers.length];
            for (int i = 0; i < flags.length; i++) {
                flags[i] = numbers[i] != 0;
            }
            return flags;
        }
    }
}
