class GivenReview {

    static void use() {
        try (var zero = ReviewPipeline.zeroShot()) {
            zero.predict(new Review("Fine", "A lovely film."));
        }
    }
}
