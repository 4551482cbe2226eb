package dev.cloze.spring.boot.test.shop;

import org.springframework.stereotype.Component;

/** Something that could not be started in a test. */
@Component
class Till {

    Till() {
        throw new IllegalStateException("there is no till here");
    }
}
