package dev.cloze.testkit.kernel;

/**
 * How the results of a call are compared.
 *
 * @param bf16 whether the call makes sense in bfloat16
 * @param gradients whether the gradients of the mean square of the result are compared too
 * @param filled how many slots, along the third axis of a result, have a content; others hold whatever the memory held
 * @param apart the axis along which the numbers of the result are of different kinds, each compared by itself and whole
 *     numbers exactly; -1 where they are all alike
 */
public record Comparison(boolean bf16, boolean gradients, int filled, int apart) {

    /** In float32 only. */
    public static final Comparison PLAIN = new Comparison(false, false, Integer.MAX_VALUE, -1);

    /** In bfloat16 too. */
    public static final Comparison BF16 = new Comparison(true, false, Integer.MAX_VALUE, -1);

    /** With gradients or without. */
    public Comparison withGradients(boolean wanted) {
        return new Comparison(bf16, wanted, filled, apart);
    }

    /** Of results with slots only those before that one, of others everything; their shapes in any case. */
    public Comparison before(int slot) {
        return new Comparison(bf16, gradients, slot, apart);
    }

    /** Each index along that axis by itself. */
    public Comparison apartAlong(int axis) {
        return new Comparison(bf16, gradients, filled, axis);
    }
}
