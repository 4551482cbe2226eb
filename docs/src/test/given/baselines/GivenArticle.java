import dev.cloze.runtime.Labeled;
import java.util.List;

class GivenArticle {

    static void use() {
        List<Labeled<Article, Topic>> train = List.of(
                new Labeled<>(new Article("Cup", "Home team wins the cup"), Topic.SPORTS),
                new Labeled<>(new Article("Rates", "Bank raises its rates"), Topic.BUSINESS));
        try (var tuned = ArticlePipeline.trainer().fit(train, train)) {
            tuned.predict(train.get(0).input());
        }
    }
}
