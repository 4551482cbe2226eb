import dev.cloze.runtime.Labeled;
import java.util.List;

class GivenTicket {

    static List<Labeled<Ticket, Topic>> tickets = List.of(
            new Labeled<>(new Ticket("I paid twice."), Topic.PAYMENT),
            new Labeled<>(new Ticket("The parcel never came."), Topic.DELIVERY));
}
