package dev.cloze.quarkus.deployment;

import dev.cloze.quarkus.dev.ClozeDevService;
import io.quarkus.deployment.IsLocalDevelopment;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.devui.spi.JsonRPCProvidersBuildItem;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.devui.spi.page.Page;

/** The card of the Dev UI, with a page on which the tasks stand and can be tried. */
class DevUiProcessor {

    @BuildStep(onlyIf = IsLocalDevelopment.class)
    void card(
            FoundTasksBuildItem found,
            BuildProducer<CardPageBuildItem> cards,
            BuildProducer<JsonRPCProvidersBuildItem> services) {
        if (found.tasks().isEmpty()) {
            return;
        }
        CardPageBuildItem card = new CardPageBuildItem();
        card.addPage(Page.webComponentPageBuilder()
                .title("Tasks")
                .icon("font-awesome-solid:comment-dots")
                .componentLink("qwc-cloze-tasks.js")
                .staticLabel(Integer.toString(found.tasks().size())));
        cards.produce(card);
        services.produce(new JsonRPCProvidersBuildItem(ClozeDevService.class));
    }
}
