package dev.cloze.runtime.metric;

/** Student's distribution, which a mean of few numbers follows around the true one. */
public final class StudentT {

    private StudentT() {}

    /**
     * The t that a value stays within, on either side of 0.
     *
     * @param probability of staying within, between 0 and 1
     * @param degrees of freedom, 1 or more
     */
    public static double within(double probability, int degrees) {
        double low = 0;
        double high = Math.PI / 2;
        for (int i = 0; i < 60; i++) { // each halves the interval, until it is a double's last digit
            double angle = (low + high) / 2;
            if (probability(angle, degrees) < probability) {
                low = angle;
            } else {
                high = angle;
            }
        }
        return Math.sqrt(degrees) * Math.tan(low);
    }

    /** Of staying within sqrt(degrees) * tan(angle): Abramowitz and Stegun, 26.7.3 and 26.7.4. */
    private static double probability(double angle, int degrees) {
        boolean isOdd = degrees % 2 == 1;
        double cosine = Math.cos(angle);
        double term = isOdd ? cosine : 1;
        double sum = 0;
        for (int i = isOdd ? 3 : 2; i <= degrees; i += 2) {
            sum += term;
            term *= cosine * cosine * (i - 1) / i;
        }
        double product = Math.sin(angle) * sum;
        return isOdd ? 2 / Math.PI * (angle + product) : product;
    }
}
