class GivenHeadline {

    static void use() {
        try (var zero = HeadlinePipeline.zeroShot()) {
            zero.predict(new Headline("Home team wins the cup"));
        }
    }
}
